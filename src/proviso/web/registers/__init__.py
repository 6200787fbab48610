"""The registers of a school: declared ties, consents, official accounts."""
