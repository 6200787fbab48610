"""Read versions, signatures and tasks; all but what is public is read for an actor."""
