trigger "Silence is no proof" version 1
  release when not frontier horizon(50%) > 8 h
