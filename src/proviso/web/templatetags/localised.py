"""Words of a policy in the reader's language: `{{ policy.name|localised:policy }}`."""

from django import template
from django.conf import settings

from proviso.records.tasks.models import Task
from proviso.rules.norms import Policy
from proviso.wording import localised as words

register = template.Library()


@register.filter
def localised(text: str, policy: Policy | str = "") -> str:
    """Words of a policy in the reader's language; English on a Welsh page is marked as English."""
    return words.written(text, policy if isinstance(policy, Policy) else None)


@register.filter
def plainly(text: str, policy: Policy | str = "") -> str:
    """The same without a mark, for a title."""
    return words.plain(text, policy if isinstance(policy, Policy) else None)


@register.filter
def label(policy: Policy, clause_id: str) -> str:
    """What names a clause of a policy to readers, by its id."""
    return policy.label(clause_id)


@register.filter
def english(text: str) -> str:
    """Words that are English on any page, marked where the page is Welsh."""
    return words.english(text)


@register.filter
def asked(task: Task) -> str:
    """What a task asks for."""
    return task.words or task.what


@register.filter
def own_name(code: str) -> str:
    """A language's name in that language."""
    return dict(settings.LANGUAGES)[code]
