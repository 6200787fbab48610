"""The documents of a version, as files to keep, edit or print."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from proviso import documents
from proviso.records.people import role_names
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies import compiled
from proviso.records.policies.models import Approval, Version
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.selectors.acknowledgements import Asked, Standing
from proviso.web.places import ActorRequest, place

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
Maker = Callable[[documents.PolicyDocument], bytes]
MAKERS: dict[tuple[str, str], tuple[Maker, str]] = {
    ("policy", "docx"): (documents.word, WORD),
    ("policy", "pdf"): (documents.pdf, PDF),
    ("handbook", "docx"): (documents.handbook_word, WORD),
    ("handbook", "pdf"): (documents.handbook_pdf, PDF),
}


@place("policy.view")
def document(request: ActorRequest, school: Establishment, number: int, name: str, kind: str) -> HttpResponse:
    """A version as a document, in the reader's language."""
    version = read.version_for(request.actor, school, number)
    if (name, kind) not in MAKERS:
        raise Hidden(f"{name}.{kind}")
    make, media = MAKERS[name, kind]
    return file(make(of(version)), media, f"{name}-{school.slug}-{number}.{kind}")


PARTICULARS = {
    "headteacher": gettext_noop("Headteacher"),
    "chair": gettext_noop("Chair"),
    "channels": gettext_noop("Agreed channels"),
    "equipment": gettext_noop("Rules on equipment"),
}


def particulars(version: Version) -> tuple[tuple[str, str], ...]:
    """Return the blanks that an establishment filled in, each with its name."""
    said = version.particulars
    return tuple((_(label), said[name]) for name, label in PARTICULARS.items() if said.get(name))


def public(version: Version) -> HttpResponse:
    """The policy in force as anybody may download it."""
    return file(documents.pdf(of(version)), PDF, f"policy-{version.establishment.slug}-{version.number}.pdf")


def of(version: Version) -> documents.PolicyDocument:
    """Return a version as its documents are made from it."""
    approved = version.approvals.filter(state=Approval.State.APPROVED).select_related("person")
    return documents.PolicyDocument(
        policy=compiled.policy_of(version),
        number=version.number,
        fingerprint=version.fingerprint,
        language=get_language() or "en-gb",
        adopted_on=version.adopted_on,
        in_force_from=version.in_force_from,
        review_due=version.review_on,
        approvals=tuple(
            documents.Approval(one.typed_name, role_names.role(one.capacity, version.establishment), one.decided_at)
            for one in approved
            if one.decided_at
        ),
        particulars=particulars(version),
        variations=tuple(documents.Variation(one.clause, one.kind, one.reason) for one in version.variations.all()),
    )


def sheet(version: Version, rows: list[tuple[Asked, str]]) -> HttpResponse:
    """The list of those who are asked to sign, to print: who signed has the day, the others a line."""
    listed = [
        documents.SignoffRow(
            one.person.name, roles, one.at.date() if one.at and one.standing is Standing.SIGNED else None
        )
        for one, roles in sorted(rows, key=lambda row: (row[0].person.family_name, row[0].person.given_name))
    ]
    name = f"sign-off-{version.establishment.slug}-{version.number}.pdf"
    return file(documents.signoff_sheet(of(version), listed), PDF, name)


def file(content: bytes, media: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
