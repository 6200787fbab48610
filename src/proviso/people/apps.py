"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "proviso.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from proviso.audit import actions
        from proviso.people.actions import SENTENCES

        actions.register(SENTENCES)
