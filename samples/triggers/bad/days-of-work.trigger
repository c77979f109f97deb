trigger "Days of work" version 1
  pause when frontier horizon(50%) > 5 days with confidence 80%
