"""Journeys of a policy's life: from a model to a version in force, and on to the next."""
