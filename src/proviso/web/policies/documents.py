"""The documents of a version, as files to keep, edit or print."""

import logging
from collections.abc import Callable

from django.http import HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from proviso import documents
from proviso.documents import OWN, shades_of
from proviso.records.files.errors import FileUnreadableError
from proviso.records.people import role_names
from proviso.records.people.actors import Actor, Public
from proviso.records.people.crests import shown_crest
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies import compiled
from proviso.records.policies.models import Acknowledgement, Version
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.signatories import Signatory, SigningStatus
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.kit.responses import PDF, WORD, file_response
from proviso.web.policies.review_document import review_document

LOG = logging.getLogger(__name__)
BUILDERS: dict[str, Callable[[documents.PolicyContent], documents.Document]] = {
    "policy": documents.policy_document,
    "handbook": documents.handbook_section,
}
REVIEW = "review"
WRITERS: dict[str, tuple[Callable[[documents.Document], bytes], str]] = {
    "docx": (documents.as_word, WORD),
    "pdf": (documents.as_pdf, PDF),
}


@establishment_page("policy.view")
def document(
    request: ActorRequest, establishment: Establishment, number: int, name: str, kind: str
) -> HttpResponseBase:
    """A version as a document, in the reader's language."""
    version = read.version_for(request.actor, establishment, number)
    if name not in (*BUILDERS, REVIEW) or kind not in WRITERS:
        raise Hidden(f"{name}.{kind}")
    write, media = WRITERS[kind]
    whole = content(request.actor, version)
    book = compiled.compiled_policy(version)
    built = review_document(book, whole, request.actor.on) if name == REVIEW else BUILDERS[name](whole)
    return file_response(write(built), f"{name}-{establishment.slug}-{number}.{kind}", media)


PARTICULARS = {
    "channels": gettext_noop("How staff communicate with pupils and families"),
    "equipment": gettext_noop("Rules on equipment"),
}


def particulars(version: Version) -> tuple[tuple[str, str], ...]:
    """Return the texts that an establishment wrote besides, each under its name."""
    given = version.particulars
    return tuple((_(label), given[name]) for name, label in PARTICULARS.items() if given.get(name))


def public(asking: Public, version: Version) -> HttpResponseBase:
    """The policy in force as anybody may download it."""
    whole = documents.as_pdf(documents.policy_document(content(asking, version)))
    return file_response(whole, f"policy-{version.establishment.slug}-{version.number}.pdf", PDF)


def content(reader: Actor | Public, version: Version) -> documents.PolicyContent:
    """Return what the documents of a version are made from."""
    return documents.PolicyContent(
        policy=compiled.policy_of(version),
        number=version.number,
        fingerprint=version.fingerprint,
        language=get_language() or "en-gb",
        adopted_on=version.adopted_on,
        in_force_from=version.in_force_from,
        review_due=version.review_on,
        approvals=tuple(
            documents.Approval(
                approval.typed_name, role_names.role(approval.capacity, version.establishment), approval.decided_at
            )
            for approval in read.approvals_given(reader, version)
            if approval.decided_at
        ),
        look=_look(version.establishment),
        particulars=particulars(version),
        consulted=tuple(
            f"{each.body} ({date_format(each.consulted_on, 'j F Y')})"
            for each in read.consultations_given(reader, version)
        ),
    )


def _look(establishment: Establishment) -> documents.Look:
    """Return how an establishment's documents look; one whose crest cannot be read goes without."""
    colour = shades_of(establishment.colour).accent if establishment.colour else OWN
    try:
        crest = shown_crest(establishment.crest_id) if establishment.crest_id else b""
    except FileUnreadableError:
        LOG.exception("the crest of %s cannot be read", establishment.slug)
        crest = b""
    return documents.Look(colour, crest)


def signed_copy(actor: Actor, signature: Acknowledgement) -> bytes:
    """Return what somebody signed, with their signature, as PDF."""
    by_another = signature.recorded_by_id != signature.person_id
    given = documents.Signature(
        name=signature.person.name,
        at=signature.at,
        statement=signature.statement,
        number=receipt(signature),
        recorded_by=signature.recorded_by.name if by_another else "",
        reason=signature.reason,
    )
    return documents.as_pdf(documents.signed_copy(content(actor, signature.version), given))


def receipt(signature: Acknowledgement) -> str:
    """Return the number by which an answer is named on its receipt."""
    return f"{signature.version.establishment.slug}-{signature.version.number}-{signature.pk}".upper()


def signed_copy_name(signature: Acknowledgement) -> str:
    return f"signed-{signature.version.establishment.slug}-{signature.version.number}.pdf"


def sheet(actor: Actor, version: Version, rows: list[tuple[Signatory, str]]) -> HttpResponseBase:
    """The list of those who are asked to sign, to print: who signed has the day, the others a line."""
    listed = [
        documents.SignoffRow(
            signatory.person.name,
            roles,
            signatory.at.date() if signatory.at and signatory.standing is SigningStatus.SIGNED else None,
        )
        for signatory, roles in sorted(rows, key=lambda row: (row[0].person.family_name, row[0].person.given_name))
    ]
    name = f"sign-off-{version.establishment.slug}-{version.number}.pdf"
    return file_response(documents.as_pdf(documents.signing_list(content(actor, version), listed)), name, PDF)
