"""What anybody may read: answers and published policies."""
