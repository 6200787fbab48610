"""Signing in: who somebody is, proved by a password, a passkey, a code, or the school's Microsoft or Google account."""
