"""A sentence as a vector: sentences that mean alike lie close together.

The encoder is all-MiniLM-L6-v2 (Apache 2.0; LICENSE and NOTICE beside it) with its weights rounded to eight bits, run
by NumPy. `tools/encoder.py` says
where the weights come from.
"""

from proviso.rules.language.encoder._files import FOLDER, HARM_HEAD
from proviso.rules.language.encoder._model import DIMENSIONS, Encoder, encoder, vector_of, vectors_of

__all__ = ["DIMENSIONS", "FOLDER", "HARM_HEAD", "Encoder", "encoder", "vector_of", "vectors_of"]
