"""E-mails, which say only that something waits: no content, no reply address, in the reader's own language."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment, Person

Words = str | Promise
WELSH, ENGLISH = Establishment.Language.WELSH.value, Establishment.Language.ENGLISH.value


def send_notice(
    person: Person, subject: Words, lines: Sequence[Words], link: str, *, establishment: Establishment | None = None
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
    bodies, subjects = [], []
    for language in languages(person, establishment):
        with translation.override(language):
            subjects.append(str(subject))
            bodies.append(_body(person, [str(line) for line in lines], settings.SITE_ADDRESS + link))
    message = EmailMessage(
        subject=" / ".join(subjects),
        body="\n\n----\n\n".join(bodies) + "\n",
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.send()
    return True


def knock() -> None:
    """Pass if the mail server answers; where there is none, e-mails go into files.

    Raises:
        OSError, smtplib.SMTPException: it does not.
    """
    if settings.EMAIL_HOST:
        with get_connection():
            pass


def languages(person: Person, establishment: Establishment | None = None) -> list[str]:
    """Return the languages in which to write to somebody, among those that this site offers."""
    offered = [code for code, _name in settings.LANGUAGES]
    if person.language:
        wanted = [person.language]
    elif establishment is not None and establishment.language == WELSH:
        wanted = [WELSH, ENGLISH]
    else:
        wanted = [ENGLISH]
    return [language for language in wanted if language in offered] or [settings.LANGUAGE_CODE]


def _body(person: Person, lines: list[str], link: str) -> str:
    greeting = _("Hello %(name)s,") % {"name": person.given_name}
    ending = _("This message was sent by a program. Nobody reads answers to it.")
    return "\n\n".join([greeting, *lines, link, ending])
