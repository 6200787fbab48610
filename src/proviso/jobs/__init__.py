"""What runs on a schedule: reminders, summaries, upkeep. A job is an actor, and calls services as a page does."""
