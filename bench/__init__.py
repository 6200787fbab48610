"""The benchmark: Proviso's engine beside others, on the same policies and situations. `make bench` runs it."""
