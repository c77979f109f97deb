
cure 4000 days
cure x
pact Frontier 
stop runs of kind reinforcement
stop training runs above 1e40 FLOP
stop ""
lift 50%
lift to 50% after 0 days
lift to 50% after 30 days
release by none
blub 
notice 14
notice 14 days
silence 0 days
prepare within 2.5 days
seal with 4 of a, b
stop "unclosed
