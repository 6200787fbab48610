"""What this room does: its rows of the permission table, and its sentences of the action log."""

from proviso.records.cases.models import Case, Concern
from proviso.records.cases.relations import case_relations, concern_relations
from proviso.records.people import relations

relations.register(Concern, concern_relations())
relations.register(Case, case_relations())

from proviso.records.cases import case_actions  # noqa: E402, F401  # its parts stand below those
