"""What runs on a schedule: reminders, summaries, upkeep. Each job is an actor of its own and calls services like a page."""
