"""Invented schools with invented people, to try everything on; and large sets of them, to measure with."""
