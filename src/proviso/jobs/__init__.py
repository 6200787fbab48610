"""What happens by itself: reminders, digests, warnings of review dates, tasks for starters, tidying up."""
