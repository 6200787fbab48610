"""Concerns become facts: the situation on which a policy and the baseline are asked to whom a concern goes."""

from collections.abc import Sequence

from proviso.records.cases.models import Concern, Matter
from proviso.rules.norms import Facts, FactValue

Kind = Concern.Kind
CONDUCT = ("headteacher_conduct", "governor_conduct", "adult_conduct")
WHO = {Concern.SharerKind.PUPIL: "pupil", Concern.SharerKind.PARENT: "parent", Concern.SharerKind.PUBLIC: "parent"}


def facts_of(kind: str, matter: str, who: Sequence[str], harms: Sequence[str], through: str = "") -> Facts:
    """Return the situation of a concern; `who` are the roles of whoever shares it (values of the fact)."""
    shared: dict[str, FactValue] = {"who": list(who) or ["parent"]}
    if kind == Kind.CONTACT:
        return {**shared, "act": "receive", "with": ["pupil"], "through": through or "personal_account"}
    if kind == Kind.SEXUAL_IMAGE:
        return {**shared, "harm": ["sexual_image"], "act": []}
    if matter == Matter.ADULT:
        conduct = [each for each in CONDUCT if each in harms] or ["adult_conduct"]
        return {**shared, "harm": conduct, "act": []}
    if matter == Matter.PUPIL:
        signs = [each for each in harms if each not in CONDUCT]
        return {**shared, "act": "see_abuse", "harmed": ["pupil"], **({"harm": signs} if signs else {})}
    return {**shared, "act": "see_abuse", "harmed": ["colleague"]}
