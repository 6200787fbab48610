"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    name = "proviso.policies"
    verbose_name = _("Policies")

    def ready(self) -> None:
        from proviso.audit import actions
        from proviso.policies.actions import SENTENCES

        actions.register(SENTENCES)
