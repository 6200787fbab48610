"""Stored files: streamed in, their type told by their content, encrypted, hashed and scanned. This room knows no actor.

It keeps a file for an owner, `kind:id`. Only the services of rooms above call it, inside their own change.
"""
