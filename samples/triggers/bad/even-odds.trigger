trigger "A coin would do" version 1
  pause when frontier horizon(50%) > 8 h with confidence 50%
