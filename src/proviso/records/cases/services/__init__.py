"""What is done with concerns and cases: each service is one change."""
