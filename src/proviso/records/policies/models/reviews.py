"""Reviews of a version in force that left it as it is. They are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.policies.models.versions import Version


class Review(models.Model):
    """That a version was reviewed and stays as it is: who looked at it, against what, and when it is reviewed next."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("When was it reviewed?"))
    reviewer = models.CharField(_("Who reviewed it?"), max_length=160)
    meeting = models.CharField(_("Which meeting was it at, if any?"), max_length=160, blank=True)
    minute = models.CharField(_("Minute number"), max_length=60, blank=True)
    law = models.TextField(_("What has changed in law and guidance since?"))
    model = models.TextField(_("How does it compare with the model that it was made from?"))
    review_on = models.DateField(_("When is the next review?"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-reviewed_on", "-pk"]
        verbose_name = _("review of a policy")
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("reviewed_on")), name="the_next_review_comes_after_this_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.reviewed_on}"
