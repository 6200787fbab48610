"""The site as `proviso serve` runs it: with limits that need the server's help, which replaces a process that ended."""

from django.conf import settings

from proviso.web.time_limit import TimeLimit
from proviso.web.wsgi import application as site

application = TimeLimit(site, settings.REQUEST_SECONDS)
