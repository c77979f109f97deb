trigger "Whose share?" version 1
  pause when ai-authored code share >= 95%
