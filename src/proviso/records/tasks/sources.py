"""What may ask for a task: each room registers its kinds of source, and says in which words their tasks are shown."""

from collections.abc import Callable, Mapping, Sequence

from proviso.records.tasks.models import Task

Words = Callable[[Sequence[Task]], Mapping[int, str]]

_WORDS: dict[str, Words] = {}


def register(kind: str, words: Words) -> None:
    """Add a kind of source: `words` returns what its tasks ask in the reader's language, by their ids, all at once.

    Raises:
        ValueError: a kind that another room has.
    """
    if _WORDS.setdefault(kind, words) is not words:
        raise ValueError(f"the source {kind!r} of tasks is registered twice")


def words_of(tasks: Sequence[Task]) -> dict[int, str]:
    """Return what tasks ask in the reader's language, by their ids; one of no known source as it was made."""
    by_kind: dict[str, list[Task]] = {}
    for task in tasks:
        by_kind.setdefault(task.source_kind, []).append(task)
    words = {task.pk: task.what for task in tasks}
    for kind, rows in by_kind.items():
        if kind in _WORDS:
            words.update(_WORDS[kind](rows))
    return words


def in_words(tasks: list[Task]) -> list[Task]:
    """Return tasks that know their words in the reader's language, all read at once."""
    words = words_of(tasks)
    for task in tasks:
        task.words = words[task.pk]
    return tasks
