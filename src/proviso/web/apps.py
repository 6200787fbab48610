"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "proviso.web"

    def ready(self) -> None:
        from proviso import web
        from proviso.web import checks  # noqa: F401  # registers them
        from proviso.web.accounts import signals
        from proviso.web.kit import navigation

        signals.connect()
        navigation.autodiscover(web)
