"""A finding: what was recognised where, whom it is about, and how much it asks of whoever writes the post."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding asks: to change the post, to answer a question, or only to look again."""

    STOP = "stop"
    ASK = "ask"
    HINT = "hint"


class Kind(StrEnum):
    """What can be found. The names are those of the command line's contract."""

    NAME = "name"
    FIRST_NAME = "first_name"
    PHONE = "phone"
    EMAIL = "email"
    POSTAL_ADDRESS = "postal_address"
    POSTCODE = "postcode"
    DATE_OF_BIRTH = "date_of_birth"
    UPN = "upn"
    NHS_NUMBER = "nhs_number"
    NI_NUMBER = "ni_number"
    CAR_PLATE = "car_plate"
    WHEREABOUTS = "whereabouts"
    METADATA = "metadata"
    FACE = "face"
    CONFIDENTIAL = "confidential"
    TONE = "tone"
    GRIEVANCE = "grievance"
    DISREPUTE = "disrepute"
    COPYRIGHT = "copyright"
    CLAIM = "claim"
    INCLUSIVE = "inclusive"
    LINK = "link"
    READING_AGE = "reading_age"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a text (`start` to `end`, in characters) or in a picture (`text` is its name, both are 0).

    `person` is the id on the roll, empty for none or for several; `why` a code of the reason, such as the state of
    a consent; `clause` the clause of the policy, or of the national baseline, that asks for the check.
    """

    kind: Kind
    text: str
    start: int
    end: int
    severity: Severity
    person: str = ""
    why: str = ""
    clause: str = ""
