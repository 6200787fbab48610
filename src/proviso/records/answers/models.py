"""Opinions on answers: how many a day, and the questions that askers added themselves. Nobody's name is in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment


class OpinionCount(models.Model):
    """How many readers thought on a day that answers under a clause were right, and how many that they were wrong.

    `clause` is the first that decided, empty where none did; `outcome` that of the answer.
    """

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="opinion_counts")
    clause = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=20)
    on = models.DateField()
    right = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-on", "clause", "outcome"]
        verbose_name = _("opinions on answers")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "clause", "outcome", "on"], name="opinions_of_a_day_are_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause or self.outcome}, {self.on}: {self.right} / {self.wrong}"


class AddedQuestion(models.Model):
    """A question that its asker added to their opinion; the time of day is not kept."""

    count = models.ForeignKey(OpinionCount, on_delete=models.CASCADE, related_name="questions")
    is_right = models.BooleanField()
    text = models.TextField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("question added to an opinion")

    def __str__(self) -> str:
        return self.text[:60]
