"""The action log: append-only, hash-chained, in sentences that a governor can read."""
