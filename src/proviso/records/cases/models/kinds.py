"""What concerns and cases have in common: what they are about, the harm threshold, and the part that somebody has."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    """Whom a concern or case is about. A matter about an adult never stands among those about pupils."""

    ADULT = "adult", _("An adult who works in or for the school")
    PUPIL = "pupil", _("A pupil")
    OTHER = "other", _("Somebody else, or nobody in particular")


class HarmThreshold(models.TextChoices):
    """What a named person decided about the harm threshold; it exists only for adults who work in or for the school."""

    NOT_ASSESSED = "not_assessed", _("Not assessed")
    MAY_MEET = "may_meet", _("May meet the harm threshold")
    CONSULT = "consult", _("Consult first")
    NOT_MET = "not_met", _("Does not meet the harm threshold")


class PartyRole(models.TextChoices):
    """The part that somebody has in a concern or a case. Nobody is its subject and handles it."""

    SUBJECT = "subject", _("Whom it is about")
    HANDLER = "handler", _("Handles it")
    HARMED = "harmed", _("Harmed by it")
    WITNESS = "witness", _("Witness")
    INFORMED = "informed", _("To be kept informed")


# Nobody holds two of these in one concern or case: a constraint of the database.
APART = [PartyRole.SUBJECT, PartyRole.HANDLER]
