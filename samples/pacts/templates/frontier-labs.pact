# Labs that train at the frontier: each stops if the others do.
pact "Frontier labs"
  stop     training runs above 1e26 FLOP
  stop     acceleration of AI research by AI
  allow    inference
  allow    safety work
  trigger  self-improvement
  prepare  within 7 days
  notice   14 days
  cure     30 days
  rulings  within 30 days
  silence  5 days
  owe      heartbeat every 1 day
  owe      balance every 30 days
  withdraw with 90 days of notice
  blackout 60 days
  probation 180 days
  lasts    at most 365 days
  review   every 90 days
  release  by trigger
  release  by 75% of members
  lift     to 50% after 30 days
