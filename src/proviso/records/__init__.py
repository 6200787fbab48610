"""The records: everything that the database keeps. Every read and every change is for an actor."""
