trigger "Long autonomous work" version 1
  watch   when frontier horizon(50%) > 1 h with confidence 80%
  warn    when doubling time of frontier horizon(50%) since 2023-01-01 < 165 days with confidence 80%
  pause   when frontier horizon(50%) > 8 h with confidence 80%
  release when panel votes release
  evidence from at least 1 independent evaluator, none older than 365 days
  undetermined holds the last verdict
