"""Commands by which the command line reaches this room."""
