"""What is read of evidence, each for an actor."""
