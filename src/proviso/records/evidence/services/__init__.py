"""What is done with evidence: each in a change on its owner, and in the custody log of the item."""
