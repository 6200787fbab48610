"""Addresses of what waits for somebody, and of establishments themselves."""

from django.urls import path

from proviso.web.dashboards import calendar, home, log, look, settings

app_name = "dashboards"
urlpatterns = [
    path("my/", home.my, name="my"),
    path("my/signed/", home.signed, name="signed"),
    path("my/calendar/", calendar.address, name="calendar_address"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar"),
    path("schools/<slug:slug>/", home.establishment, name="establishment"),
    path("schools/<slug:slug>/log/", log.log, name="log"),
    path("schools/<slug:slug>/settings/", settings.settings, name="settings"),
    path("schools/<slug:slug>/settings/look/", look.look, name="look"),
    path("schools/<slug:slug>/colours.css", look.colours, name="colours"),
    path("schools/<slug:slug>/crest.png", look.crest, name="crest"),
]
