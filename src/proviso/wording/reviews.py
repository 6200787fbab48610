"""Findings of a review as sentences: what is wrong, and what to do."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from proviso.rules.review import Finding, Rule, Severity
from proviso.wording import phrases
from proviso.wording._marking import gettext_noop as _
from proviso.wording.localised import either
from proviso.wording.references import SURE

_SEVERITIES = {Severity.ERROR: _("Wrong"), Severity.WARNING: _("To check"), Severity.NOTE: _("To know")}
_MESSAGES = {
    (Rule.OVERDUE_REVIEW, ""): _("The review was due on %(due)s."),
    (Rule.OVERDUE_REVIEW, "yearly"): _(
        "The document is of %(made)s and asks for a review every year: one was due on %(due)s."
    ),
    (Rule.OVERDUE_REVIEW, "interval"): _(
        "The document is of %(made)s and asks for a review every %(years)s years: one was due on %(due)s."
    ),
    (Rule.NO_REVIEW_DATE, ""): _("The document names no date for its next review."),
    (Rule.NO_REVIEW_DATE, "remark"): _("The document names no date for its next review."),
    (Rule.BLANK_LEFT, ""): _("A blank was never filled in: %(blank)s."),
    (Rule.BLANK_LEFT, "remark"): _("The document that this model comes from has blanks that nobody filled in."),
    (Rule.UNSIGNED, ""): _("There is a place for a signature of %(who)s, and no signature."),
    (Rule.UNSIGNED, "place"): _("There is a place for a signature, and no signature."),
    (Rule.UNSIGNED, "remark"): _("The document that this model comes from is not signed by everybody who should."),
    (Rule.MISSING_APPENDIX, ""): _("%(name)s is referred to, and the document has none."),
    (Rule.MISSING_SECTION, ""): _("Section %(name)s is referred to, and the document has none of that number."),
    (Rule.MISSING_SECTION, "contents"): _("The contents list %(name)s, and the document has no such section."),
    (Rule.MISSING_SECTION, "other-title"): _("The contents call it %(name)s, the heading %(heading)s."),
    (Rule.MISSING_SECTION, "not-listed"): _("The contents do not list %(name)s."),
    (Rule.REPEALED_LAW, ""): _("The %(title)s is no longer in force, since %(until)s. In its place: %(instead)s."),
    (Rule.MISNAMED_LAW, ""): _("There is no %(title)s. The %(right)s may be meant."),
    (Rule.WRONG_YEAR, ""): _("There is no %(title)s of %(year)s. Its year is %(years)s."),
    (Rule.SUPERSEDED_GUIDANCE, ""): _("%(title)s is superseded, since %(until)s. In its place: %(now)s."),
    (Rule.SUPERSEDED_GUIDANCE, "edition"): _("The edition of %(edition)s of %(title)s is superseded by %(now)s."),
    (Rule.SUPERSEDED_GUIDANCE, "old"): _("%(title)s is of %(edition)s: it may no longer be in force."),
    (Rule.WRONG_NATION, ""): _("%(title)s is for %(nations)s. The document seems to come from %(home)s."),
    (Rule.WRONG_AUTHOR, ""): _("%(title)s is by %(author)s, not by the %(wrong)s."),
    (Rule.CLOSED_PLATFORM, ""): _("%(name)s is named: %(state)s."),
    (Rule.RENAMED_PLATFORM, ""): _("%(name)s is named: %(state)s."),
    (Rule.UNDEFINED_TERM, ""): _("%(term)s is used and never written out."),
    (Rule.GROUP_NOT_IN_SCOPE, ""): _("This binds a group, %(group)s, that the document does not say it is for."),
    (Rule.CONTRADICTION, ""): _("Another statement says the opposite (%(other_at)s): %(other)s"),
    (Rule.CONTRADICTION, "clauses"): _("%(clause)s permits what %(other)s does not, for instance: %(facts)s."),
    (Rule.MIXED_FORCE, ""): _("The same is said with another force elsewhere (%(other_at)s): %(other)s"),
    (Rule.MISSING_TOPIC, ""): _(
        "Law or guidance expects a policy to speak of it, and the document does not: %(topic)s."
    ),
    (Rule.NO_OWNER, ""): _("Something is to be done (%(what)s), and nobody is named who does it."),
    (Rule.NO_TIME, ""): _("Somebody is to be told, and it does not say by when."),
    (Rule.NO_TIME, "step"): _("There is no time by which this is done: %(what)s."),
    (Rule.READING_AGE, ""): _(
        "It is hard to read: it asks for a reading age of about %(age)s, and its longest sentence has %(words)s words."
    ),
    (Rule.BAD_LINK, "broken"): _("The link %(link)s cannot lead anywhere."),
    (Rule.BAD_LINK, "gone"): _("The link %(link)s leads to a site that is probably gone."),
    (Rule.IMPOSSIBLE_DATE, "no-day"): _("There is no such day: %(day)s."),
    (Rule.IMPOSSIBLE_DATE, "future"): _("Something is said to have been done on %(day)s, which is to come."),
    (Rule.IMPOSSIBLE_DATE, "before"): _("The review of %(day)s comes before the document itself."),
}
_TO_DO = {
    Rule.OVERDUE_REVIEW: _("Review it now, and set the next date."),
    Rule.NO_REVIEW_DATE: _("Set a date, and say who reviews it."),
    Rule.BLANK_LEFT: _("Fill it in."),
    Rule.UNSIGNED: _("Have it signed, or take the place for a signature out."),
    Rule.MISSING_APPENDIX: _("Add it, or take the reference out."),
    Rule.MISSING_SECTION: _("Make contents, references and headings agree."),
    Rule.REPEALED_LAW: _("Name the law in force."),
    Rule.MISNAMED_LAW: _("Write the name as the law has it."),
    Rule.WRONG_YEAR: _("Write the right year."),
    Rule.SUPERSEDED_GUIDANCE: _("Name what is in force, and check that the document still agrees with it."),
    Rule.WRONG_NATION: _("Name what holds in your nation."),
    Rule.WRONG_AUTHOR: _("Name the author, and do not call it statutory if it is not."),
    Rule.CLOSED_PLATFORM: _("Take the name out, or name what people use today."),
    Rule.RENAMED_PLATFORM: _("Write the name that it goes by today."),
    Rule.UNDEFINED_TERM: _("Write it out where it first stands."),
    Rule.GROUP_NOT_IN_SCOPE: _("Add the group to those whom the document is for, or take the statement out."),
    Rule.CONTRADICTION: _("Decide which holds, or say when each does."),
    Rule.OVERRIDDEN: _("Change it to what law and guidance say."),
    Rule.MISSING_TOPIC: _("Add a clause, or point to the policy that deals with it."),
    Rule.NO_OWNER: _("Name who does it."),
    Rule.NO_TIME: _("Say by when: at once, the same day, within a number of days."),
    Rule.UNENFORCEABLE: _("Ask for what can be checked."),
    Rule.READING_AGE: _("Break long sentences up, and use everyday words."),
    Rule.MIXED_FORCE: _("Use the same word, *must* or *should*, wherever you mean the same."),
    Rule.BAD_LINK: _("Mend the link or take it out."),
    Rule.IMPOSSIBLE_DATE: _("Write the right date."),
    Rule.WRONG_CRIME: _("Take the claim about the law out, or have it checked."),
}
_DAYS = ("due", "made", "until")


@dataclass(frozen=True)
class FindingInWords:
    """A finding as it is read: how grave, where, the words that it is about, what is wrong, what to do, and why."""

    rule: str
    severity: str
    grave: str
    at: str
    quote: str
    message: str
    do: str
    source: str
    sure: str


def in_words(finding: Finding) -> FindingInWords:
    """Return a finding in sentences."""
    return FindingInWords(
        finding.rule.value,
        finding.severity.value,
        severity(finding.severity),
        finding.at,
        either(finding.quote, None),
        message(finding),
        either(finding.do, None) or gettext(_TO_DO[finding.rule]),
        either(finding.source, None),
        gettext(SURE[finding.sure]) if finding.sure else "",
    )


def severity(code: Severity) -> str:
    """Return how grave a finding is, in a word or two."""
    return gettext(_SEVERITIES[code])


def message(finding: Finding) -> str:
    """Say what is wrong."""
    if finding.text:
        return either(finding.text, None)
    about = {name: _shown(name, value) for name, value in finding.about.items()}
    return gettext(_MESSAGES[finding.rule, finding.kind]) % about


def _shown(name: str, value: str) -> str:
    if name in _DAYS and value:
        return date_format(date.fromisoformat(value), "j F Y")
    return phrases.topic(value) if name == "topic" else value


def limits() -> str:
    """Say what a review does not do."""
    return gettext(
        "A review reads words. It does not judge whether a policy is good, "
        "and what it does not find may still be wrong."
    )
