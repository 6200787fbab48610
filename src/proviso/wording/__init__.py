"""Facts, clauses and rulings as sentences, in English and Welsh, and the catalogues of translated words.

Pages, documents, emails and the command line say what they say with these; this room knows none of them and no
record.
"""

from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
