"""The command line: each command fetches, calls, and prints; what is wrong is one line and status 2."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from proviso import __version__
from proviso.cli import (
    _accounts,
    _answers,
    _backup,
    _comparison,
    _evidence,
    _files,
    _policies,
    _populate,
    _posts,
    _reading,
    _records,
    _review,
    _site,
)

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` shows how\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(prog="proviso", description="A school's social media policy that answers.")
    top.add_argument("--version", action="version", version=f"proviso {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _site.add_demo,
        _site.add_serve,
        _site.add_work,
        _site.add_tick,
        _policies.add_policies,
        _policies.add_clauses,
    ):
        add(commands)
    for add in (
        _answers.add_decide,
        _answers.add_ask,
        _posts.add_check_post,
        _comparison.add_compare,
        _review.add_review,
        _reading.add_read,
        _populate.add_populate,
        _records.add_setup,
        _accounts.add_reset_second_step,
        _records.add_audit,
        _backup.add_backup,
        _backup.add_restore,
        _files.add_files,
        _evidence.add_evidence,
    ):
        add(commands)
    return top


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; facts may stand after options as well as before them."""
    top = parser()
    options, rest = top.parse_known_args(arguments)
    if rest and hasattr(options, "facts") and not any(word.startswith("-") for word in rest):
        options.facts += rest
    elif rest:
        top.error(f"not understood: {' '.join(rest)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 for an answer, 2 for bad input."""
    try:
        options = _options(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ValueError as error:  # every refusal of the rooms below: facts, policies, files, questions
        sys.stderr.write(f"proviso: {' '.join(str(error).split())}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"proviso: {error.filename or 'this machine'}: {error.strerror or error}\n")
        return 2
    return status
