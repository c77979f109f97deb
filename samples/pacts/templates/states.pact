# States that hold their labs to a pause, once the labs' own pact holds.
pact "States"
  stop     training runs above 1e25 FLOP
  stop     "export of accelerators to states outside this pact"
  allow    inference
  allow    safety work
  trigger  self-improvement
  prepare  within 60 days
  notice   90 days
  cure     90 days
  rulings  within 60 days
  silence  30 days
  owe      inspection every 180 days
  withdraw with 365 days of notice
  blackout 180 days
  probation 365 days
  review   every 180 days
  release  by trigger
  release  by all members
  lift     to 50% after 90 days
  lift     to 25% after 90 days
  count    pact frontier-labs
  seal     with 3 of sample-maple, sample-oak, sample-pine, sample-rowan, sample-willow
  tell     a coarse count
