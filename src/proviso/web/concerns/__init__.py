"""Pages about concerns: sharing one, following it with a receipt or by name, and handling it."""
