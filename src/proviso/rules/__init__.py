"""The rules, in pure Python: no Django, no database, no clock, no network. They return codes, not sentences."""
