"""A case file that goes to another school with the pupil, and the receipt for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models.cases import Case


class Transfer(models.Model):
    """That a case file went to another school: how, the hash of what was handed over, and who there received it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="transfer")
    to_school = models.CharField(max_length=120)
    to_person = models.BinaryField()
    how = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receipt_due_on = models.DateField()
    received_on = models.DateField(null=True)
    received_by = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("transfer of a case file")
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None, received_by=b"") | Q(received_on__isnull=False) & ~Q(received_by=b""),
                name="a_receipt_says_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.to_school}"
