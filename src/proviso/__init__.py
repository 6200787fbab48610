"""Proviso: a school's social media policy that answers “may I …?” with the clause behind the answer."""

# A constant, because every ruling records the version and the engine may not read files to learn it.
__version__ = "0.1.0"
