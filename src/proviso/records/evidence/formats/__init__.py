"""What is read of files that came in as evidence: within bounds, with nothing fetched and nothing run."""
