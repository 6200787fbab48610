"""What this room puts on the list of what needs whom."""

from proviso.records.cases import case_needs  # noqa: F401  # it registers what cases need
