"""What people do with a policy: prepare it, approve and adopt it, sign it, do its tasks."""
