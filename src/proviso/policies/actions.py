"""What this room does, as sentences of the action log."""

SENTENCES: dict[str, str] = {}
