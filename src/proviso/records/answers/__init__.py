"""What readers thought of answers: counts by clause and day, and a question only where its asker added it."""
