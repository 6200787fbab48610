"""What time it is in the tests: noon of the day on which they began, so that no midnight comes while they run."""

from datetime import UTC

from django.utils import timezone

NOW = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0).astimezone(UTC)
TODAY = timezone.localdate(NOW)
