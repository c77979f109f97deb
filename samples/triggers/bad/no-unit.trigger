trigger "Eight of what?" version 1
  pause when frontier horizon(50%) > 8
