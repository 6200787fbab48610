"""The door for a WSGI server: `proviso.web.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proviso.web.settings")
application = get_wsgi_application()
