"""What a policy or the reference data say, in the reader's language: Welsh where there is Welsh, else English as such.

English words on a Welsh page are marked, so that a screen reader does not read them out as Welsh.
"""

import re
from html import unescape

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.norms import Clause, Policy
from proviso.wording._marking import gettext_noop as _
from proviso.wording.welsh_grammar import is_welsh

# What `english` puts before a text; it may stand in the text of a policy as well, but never in a safe one.
_MARK = re.compile(r'<span lang="en-gb">')

# Short texts that many policies share; what is said more specially stands in a policy's own `words_welsh`.
COMMON = {
    *(_("England"), _("Wales"), _("school"), _("trust"), _("authority"), _("model policy"), _("policy")),
    *(_("the headteacher"), _("the line manager"), _("the school"), _("LADO")),
    *(_("chair of governors"), _("the chair of governors"), _("the trust executive")),
    *(_("headteacher"), _("line manager"), _("pupil"), _("trust executive")),
    *(_("DSL or headteacher"), _("headteacher or trust executive"), _("line manager or headteacher")),
    *(_("the person concerned"), _("the finder"), _("the person who notices"), _("the person harmed")),
    *(_("the person harmed or a colleague"), _("the person contacted"), _("the person who learns of it")),
    *(_("staff"), _("leaders"), _("families"), _("adults"), _("everyone"), _("conduct"), _("staff members")),
    *(_("school hours"), _("employees"), _("representatives"), _("schools")),
    *(_("social media"), _("professional communications"), _("confidential"), _("cyberbullying")),
    *(_("at once"), _("before you act"), _("immediately"), _("before it goes out"), _("when it goes out")),
    *(_("before or as soon as it bears on your post"), _("at the earliest opportunity"), _("before any inquiry")),
    *(_("year"), _("2 years"), _("term"), _("yes"), _("no"), _("somebody")),
    *(_("common knowledge"), _("not verified")),
}


def plain(text: str, policy: Policy | None = None) -> str:
    """Return a text of a policy in the reader's language as far as there is one, without any mark."""
    return (_welsh(text, policy) if is_welsh() else text) or text


def written(text: str, policy: Policy | None = None) -> str:
    """Return a text of a policy in the reader's language; English on a Welsh page is marked as English."""
    if not text or not is_welsh():
        return text
    return _welsh(text, policy) or english(text)


def clause_text(clause: Clause) -> str:
    """Return a clause's text in the reader's language; English on a Welsh page is marked as English."""
    if not is_welsh():
        return clause.text
    return clause.welsh or english(clause.text)


def clause_words(clause: Clause) -> str:
    """Return a clause's text in the reader's language as far as there is one, without any mark."""
    return (clause.welsh if is_welsh() else None) or clause.text


def either(text: str, welsh: str | None) -> str:
    """Return one of two texts that say the same; English on a Welsh page is marked as English."""
    if not text or not is_welsh():
        return text
    return welsh or (gettext(text) if text in COMMON else english(text))


def english(text: str) -> str:
    """Return a text marked as English where the page is not."""
    return format_html('<span lang="en-gb">{}</span>', text) if is_welsh() else text


def unmarked(text: str) -> str:
    """Return a text for where there are no marks: on a terminal, in an email."""
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text


def capped(text: str) -> str:
    """Begin a text with a capital, inside its mark if it has one; HTML stays HTML, and text stays text."""
    if not isinstance(text, SafeString):
        return capfirst(text)
    mark = _MARK.match(text)
    begins = mark.end() if mark else 0
    return mark_safe(text[:begins] + capfirst(text[begins:]))  # noqa: S308  # no less safe than it was


def _welsh(text: str, policy: Policy | None) -> str | None:
    if policy is not None:
        if text == policy.name and policy.name_welsh:
            return policy.name_welsh
        if text in policy.words_welsh:
            return policy.words_welsh[text]
    return gettext(text) if text in COMMON else None
