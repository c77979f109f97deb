trigger "Growth that outruns review" version 1
  watch   when doubling time of frontier horizon(50%) since 2024-01-01 < 150 days
  warn    when doubling time of frontier horizon(50%) since 2024-01-01 < 120 days with confidence 80%
  pause   when doubling time of frontier horizon(50%) since 2024-01-01 < 90 days with confidence 90% sustained for 60 days
          and frontier horizon(50%) > 4 h with confidence 80%
  release when doubling time of frontier horizon(50%) since 2024-01-01 > 180 days with confidence 90%
          or panel votes release
  evidence from at least 1 independent evaluator, none older than 180 days
  undetermined counts as not met
