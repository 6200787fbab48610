"""What the documents of a policy are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from proviso.documents._blocks import Look
from proviso.rules.norms import Policy


@dataclass(frozen=True)
class Approval:
    """Who approved a version, as what, and when."""

    name: str
    capacity: str
    signed_at: datetime


@dataclass(frozen=True)
class SignoffRow:
    """Somebody on the list of those who sign; `signed_on` is None until they have."""

    name: str
    role: str
    signed_on: date | None = None


@dataclass(frozen=True)
class PolicyContent:
    """A version of a policy with what the establishment recorded of it.

    `language` is `en-gb` or `cy`; a clause that has no Welsh stands in English there. Without `adopted_on` a document
    says on every page that it is a draft. `particulars` are further texts of the establishment, each under its name;
    `consulted` says who was consulted, each in a line.
    `fingerprint` is the SHA-256 of the version's text, in hexadecimal digits.
    """

    policy: Policy
    number: int
    fingerprint: str
    language: str = "en-gb"
    adopted_on: date | None = None
    in_force_from: date | None = None
    review_due: date | None = None
    approvals: tuple[Approval, ...] = ()
    particulars: tuple[tuple[str, str], ...] = ()
    consulted: tuple[str, ...] = ()
    look: Look = Look()

    @property
    def dated(self) -> date:
        """The day that the file itself is dated."""
        return self.adopted_on or self.policy.dated
