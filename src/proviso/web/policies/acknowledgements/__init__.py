"""Reading and signing a policy, and how far everybody has come."""
