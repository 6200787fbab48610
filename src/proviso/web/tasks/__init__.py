"""Tasks: what a policy asks somebody to do, with the clause and a short guide."""
