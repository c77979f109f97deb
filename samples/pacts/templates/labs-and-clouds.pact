# Labs, and the clouds that some of them rent from.
pact "Labs and clouds"
  stop     training runs above 1e26 FLOP
  stop     clusters above 100000 accelerators
  allow    inference
  allow    safety work
  allow    "renting out accelerators in clusters of 1000 or fewer"
  trigger  self-improvement
  prepare  within 14 days
  notice   30 days
  cure     30 days
  rulings  within 30 days
  silence  5 days
  owe      heartbeat every 1 day
  owe      balance every 30 days
  owe      inspection every 90 days
  withdraw with 180 days of notice
  blackout 90 days
  probation 180 days
  lasts    at most 365 days
  review   every 90 days
  release  by trigger
  release  by 80% of members
  lift     to 75% after 30 days
  lift     to 40% after 60 days
