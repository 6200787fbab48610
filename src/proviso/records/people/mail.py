"""Emails: without reply address, in the reader's own language, as plain text and under the school's name and crest.

What they may name is decided by who writes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from proviso.records.people import mail_look
from proviso.records.people.mail_look import Letter
from proviso.records.people.models import Establishment, Person

Words = str | Promise
WELSH, ENGLISH = Establishment.Language.WELSH.value, Establishment.Language.ENGLISH.value


@dataclass(frozen=True)
class Attachment:
    """A file that goes along with an email."""

    name: str
    content: bytes
    media_type: str


def send_notice(
    person: Person,
    subject: Words,
    lines: Sequence[Words],
    link: str,
    *,
    establishment: Establishment | None = None,
    attachment: Attachment | None = None,
) -> bool:
    """Send somebody a notice; return whether they have an address to send it to.

    Give `subject` and `lines` as lazy translations (with values: `format_lazy`), so that each is said in
    the language of the person; where nobody chose one, a school whose language is Welsh writes in both.
    `link` is a path of this site.

    Raises:
        OSError, smtplib.SMTPException: the mail server cannot be reached or refuses.
    """
    if not person.email:
        return False
    letters, subjects = [], []
    for language in languages(person, establishment):
        with translation.override(language):
            subjects.append(str(subject))
            letters.append(_letter(language, person, [str(line) for line in lines], settings.SITE_ADDRESS + link))
    _send(" / ".join(subjects), letters, person.email, establishment, attachment)
    return True


class _WithCrest(EmailMultiAlternatives):
    """An email whose only attachment is a picture that its text shows."""

    mixed_subtype = "related"


def _send(
    subject: str,
    letters: Sequence[Letter],
    to: str,
    establishment: Establishment | None,
    attachment: Attachment | None = None,
) -> None:
    crest = mail_look.crest_of(establishment)
    kind = _WithCrest if crest is not None and attachment is None else EmailMultiAlternatives
    message = kind(
        from_email=sender(establishment),
        subject=subject,
        body="\n\n----\n\n".join(letter.plain for letter in letters) + "\n",
        to=[to],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(mail_look.page(letters, subject, establishment, crest=crest is not None), "text/html")
    if crest is not None:
        message.attach(crest)
    if attachment is not None:
        message.attach(attachment.name, attachment.content, attachment.media_type)
    message.send()


def sender(establishment: Establishment | None) -> str:
    """Return from whom an email comes: the school by its name, at the address that this site sends from."""
    if establishment is None:
        return settings.DEFAULT_FROM_EMAIL
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((" ".join(establishment.name.split()), address))


@dataclass(frozen=True)
class QuestionPassedOn:
    """A question that its asker has passed on to whoever a policy names.

    `link` is the path of its answer, `reach` how the asker can be reached, empty where they did not say.
    """

    email: str
    question: str
    link: str
    reach: str = ""


def pass_question_on(passed: QuestionPassedOn, establishment: Establishment) -> None:
    """Send a question to somebody whom a school's policy names, by its asker's own choice; nothing of it is kept.

    Raises:
        OSError, smtplib.SMTPException: the mail server cannot be reached or refuses.
    """
    letters, subjects = [], []
    for language in _languages_of(establishment):
        with translation.override(language):
            subjects.append(_("A question about the policy at %(school)s") % {"school": establishment.name})
            letters.append(_question(language, passed))
    _send(" / ".join(subjects), letters, passed.email, establishment)


def _question(language: str, passed: QuestionPassedOn) -> Letter:
    reach = (
        _("How to reach the person who asked: %(reach)s")
        if passed.reach
        else _("The person who asked did not say who they are.")
    )
    paragraphs = [
        _("Somebody asked this question about the social media policy, and asked us to pass it on to you:"),
        passed.question,
        reach % {"reach": passed.reach},
        _("The policy’s answer:"),
    ]
    return Letter(language, paragraphs, settings.SITE_ADDRESS + passed.link, _ending())


def knock() -> None:
    """Pass if the mail server answers; where there is none, emails go into files.

    Raises:
        OSError, smtplib.SMTPException: it does not.
    """
    if settings.EMAIL_HOST:
        with get_connection():
            pass


def languages(person: Person, establishment: Establishment | None = None) -> list[str]:
    """Return the languages in which to write to somebody, among those that this site offers."""
    return _offered([person.language]) if person.language else _languages_of(establishment)


def _languages_of(establishment: Establishment | None) -> list[str]:
    return _offered([WELSH, ENGLISH] if establishment is not None and establishment.language == WELSH else [ENGLISH])


def _offered(wanted: Sequence[str]) -> list[str]:
    offered = [code for code, _name in settings.LANGUAGES]
    return [language for language in wanted if language in offered] or [settings.LANGUAGE_CODE]


def _letter(language: str, person: Person, lines: list[str], link: str) -> Letter:
    return Letter(language, [_("Hello %(name)s,") % {"name": person.given_name}, *lines], link, _ending())


def _ending() -> str:
    return _("This message was sent by a program. Nobody reads answers to it.")
