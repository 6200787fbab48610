"""Reading: a school's own document becomes statements, each with its place, force, audience and topics.

Readers for each kind of file make blocks (`_word`, `_pdf`, `_html`, `_plain`); an outline finds headings, numbers and
stems (`_passages`); sentences are cut into statements (`_sentences`, `_statements`), which rules and linear heads read
(`_force`, `_features`, `_learned`). `read` runs in this process; `read_apart` runs it in a process of its own, with
bounded time and memory: files from outside go there.
"""

from proviso.rules.reading._apart import read_apart
from proviso.rules.reading._blocks import UnreadableError
from proviso.rules.reading._document import Document, read
from proviso.rules.reading._force import FORCES
from proviso.rules.reading._groups import AUDIENCES
from proviso.rules.reading._statements import Confidence, Statement

__all__ = ["AUDIENCES", "FORCES", "Confidence", "Document", "Statement", "UnreadableError", "read", "read_apart"]
