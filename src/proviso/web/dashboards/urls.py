"""Addresses below `my/` and, but for what other journeys have of their own, below `at/<establishment>/`."""

from django.urls import path

from proviso.web.dashboards import calendar, home, log, settings

my_patterns = [
    path("", home.my, name="my"),
    path("signed/", home.signed, name="my_signed"),
    path("calendar/", calendar.address, name="my_calendar"),
]
at_patterns = [
    path("", home.school, name="school"),
    path("log/", log.log, name="log"),
    path("settings/", settings.settings, name="school_settings"),
]
