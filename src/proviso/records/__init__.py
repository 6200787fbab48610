"""The database. Every read and every change is for an actor; a record is changed in one way (`people/change.py`)."""
