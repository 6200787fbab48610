"""Reads of concerns and cases, each for an actor."""
