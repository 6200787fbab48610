"""The door for any WSGI server: `proviso.web.wsgi:application`. What `proviso serve` opens is in `served.py`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proviso.web.settings")
application = get_wsgi_application()
