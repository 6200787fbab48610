"""Schools, trusts and authorities, the people in them, their roles, and the one permission table."""
