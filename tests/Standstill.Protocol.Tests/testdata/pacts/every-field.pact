pact "Frontier pause"
  stop     training runs above 1e26 FLOP
  stop     runs of kind pretraining, post-training
  stop     acceleration of AI research by AI
  stop     clusters above 100000 accelerators
  stop     "anything that a member's board would call a frontier run"
  allow    inference
  allow    safety work
  allow    run eval-7 of sample-ash
  allow    "replies to regulators"
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
  count    pact labs-pact
  seal     with 3 of sample-maple, sample-oak, sample-pine
  tell     a coarse count
