"""Evidence: what came in, exactly as it came, whose it is, and everybody who ever saw it.

An item belongs to an owner `kind:id`, a record of a room above that registered its kind in `owners`. Its content lies
sealed in the owner's vault. Nothing of an item changes afterwards: redaction makes another one, removal leaves a stub,
and the custody log is only ever added to.
"""
