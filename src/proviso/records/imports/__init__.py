"""People from a school's management information system: a file is read, its changes are shown, and then applied."""
