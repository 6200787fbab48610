"""What the reading of questions, documents and posts alike needs of language: words made alike, facts recognised.

Patterns and words are in `lexicons/`, files that a person edits. Nothing here knows what is asked or answered.
"""

from proviso.rules.language._harm import signs_of_harm
from proviso.rules.language._lexicon import Lexicon, lexicon_in_use
from proviso.rules.language._normalise import Speller, cleaned, opened
from proviso.rules.language._patterns import pattern, read_lexicon
from proviso.rules.language._people import OTHERS, Frame, asker, role_of
from proviso.rules.language._retrieval import Nearness, Retrieval, stems
from proviso.rules.language._welsh_words import in_english
from proviso.rules.language.encoder import vector_of, vectors_of

__all__ = [
    "OTHERS",
    "Frame",
    "Lexicon",
    "Nearness",
    "Retrieval",
    "Speller",
    "asker",
    "cleaned",
    "in_english",
    "lexicon_in_use",
    "opened",
    "pattern",
    "read_lexicon",
    "role_of",
    "signs_of_harm",
    "stems",
    "vector_of",
    "vectors_of",
]
