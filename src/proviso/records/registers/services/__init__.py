"""Changes of the registers."""
