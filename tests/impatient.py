"""The site's settings, with a database that is waited for half a second: for the tests of one that is locked."""

from proviso.web.settings import *  # noqa: F403  # every setting but one
from proviso.web.settings import DATABASES

if "timeout" in DATABASES["default"].get("OPTIONS", {}):
    DATABASES["default"]["OPTIONS"]["timeout"] = 0.5
