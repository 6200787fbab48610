"""The site as `proviso serve` runs it: with limits that need the server's help, which replaces a process that ended."""

import threading

from django.conf import settings

from proviso.web.health_watch import watch_health
from proviso.web.request_body import BodyFirst, Limits
from proviso.web.time_limit import TimeLimit
from proviso.web.wsgi import application as site

LARGEST = max(settings.LARGEST_UPLOAD, settings.LARGEST_EVIDENCE) + settings.LARGEST_FORM
application = BodyFirst(TimeLimit(site, settings.REQUEST_SECONDS), Limits(largest=LARGEST), settings.PROXIES)
threading.Thread(target=watch_health, args=(threading.Event(),), name="health", daemon=True).start()
