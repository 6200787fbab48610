"""The home of whoever signs in, and the home of an establishment."""
