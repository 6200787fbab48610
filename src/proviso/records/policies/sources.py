"""What a duty says to whoever has it as a task: the words of the version behind it, in the reader's language."""

from collections.abc import Mapping, Sequence

from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.services.tasks import SOURCE
from proviso.records.tasks import sources
from proviso.records.tasks.models import Task
from proviso.rules.norms import Policy
from proviso.wording import localised
from proviso.wording.welsh_grammar import is_welsh


def policies_behind(tasks: Sequence[Task]) -> dict[int, Policy]:
    """Return the policy that holds the clause behind each task, by the task's id; in one query."""
    versions = Version.objects.only("text", "fingerprint").in_bulk({task.policy_version for task in tasks})
    return {
        task.pk: compiled.policy_of(versions[task.policy_version]) for task in tasks if task.policy_version in versions
    }


def duty_words(tasks: Sequence[Task]) -> Mapping[int, str]:
    """Return what duties ask in the reader's language, as far as their policies have it; English asks no database."""
    if not is_welsh():
        return {}
    policies = policies_behind(tasks)
    return {pk: localised.plain(task.what, policies[pk]) for task in tasks if (pk := task.pk) in policies}


sources.register(SOURCE, duty_words)
