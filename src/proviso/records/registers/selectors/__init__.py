"""Reads of the registers, each for an actor."""
