trigger "By vote" version 1
  pause   when panel votes release
  release when panel votes release
