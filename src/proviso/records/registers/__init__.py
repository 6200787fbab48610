"""Registers that a school keeps: declared ties, consents, official accounts."""
