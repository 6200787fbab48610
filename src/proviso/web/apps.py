"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "proviso.web"

    def ready(self) -> None:
        from proviso.web.signing_in import signals

        signals.connect()
