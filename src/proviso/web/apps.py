"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "proviso.web"

    def ready(self) -> None:
        from proviso.web.accounts import signals

        signals.connect()
