"""What readers thought of an establishment's answers."""
