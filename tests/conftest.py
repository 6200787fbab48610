"""For every test."""

import os

# Playwright keeps an event loop running in the main thread, where Django would then refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
