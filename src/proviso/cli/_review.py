"""`proviso review`: what is wrong with a document, or with a policy."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proviso.cli._answers import day_written
from proviso.cli._language import add_language
from proviso.cli._reading import document_in
from proviso.cli._show import say_json
from proviso.rules.rulebook import BASELINES, UnknownPolicyError, compiled, policy_ids

if TYPE_CHECKING:
    from proviso.rules.review import ReviewedDocument

_TEXTS = (".txt", ".md", ".markdown", ".text")
_PRINTED = (".docx", ".pdf", ".html", ".htm")
_LARGEST = 5_000_000


def add_review(commands: Any) -> None:
    command = commands.add_parser(
        "review", help="what is wrong with a policy or a document, by which rule, and what to do"
    )
    command.add_argument(
        "document", metavar="FILE|POLICY", help="a file (.docx, .pdf, .html, .txt, .md, .yaml) or a policy"
    )
    command.add_argument("--on", metavar="DATE", type=day_written, help="the day to review for (default: today)")
    command.add_argument("--json", action="store_true", help="as JSON")
    add_language(command)
    command.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    from proviso.rules.review import review  # other commands do not wait for it

    on = options.on or date.today()
    document = reviewed(options.document, options.language)
    findings = review(document, on)
    from proviso.cli._review_in_words import findings_json, say_findings  # Django takes longer to load than to review

    if options.json:
        say_json(
            {"document": options.document, "nation": document.home, "on": on.isoformat(), **findings_json(findings)}
        )
    else:
        say_findings(findings, options.language)
    return 0


def reviewed(name: str, language: str) -> ReviewedDocument:
    """Return what is to be reviewed: a policy by its id or file, or a file of text.

    Raises:
        ValueError: neither a policy nor a file that can be read as text; the message says what to do.
    """
    from proviso.rules.review import from_text, of_policy

    if name in policy_ids() or name in BASELINES.values() or name.endswith(".yaml"):
        return of_policy(compiled(name))
    path = Path(name)
    if not path.suffix and not path.exists():
        raise UnknownPolicyError(
            f"`{name}` is neither a policy nor a file: use a file or one of {', '.join(policy_ids())}"
        )
    if path.suffix.casefold() in _PRINTED:
        return from_text("\n\n".join(document_in(path, language).lines), path.name)
    if path.suffix.casefold() not in _TEXTS:
        raise ValueError(f"{name}: cannot be read: give a file of one of {', '.join((*_TEXTS, *_PRINTED))}")
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"{name}: larger than 5 MB: a policy is smaller; give the text alone")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{name}: not UTF-8 text: save it as plain text in UTF-8") from None
    if not text.strip() or "\0" in text:
        raise ValueError(f"{name}: holds no text: give a file with the words of the policy")
    return from_text(text, path.name)
