"""Pages of evidence: what an owner has, adding to it, one item, redaction, and what is due for deletion."""
