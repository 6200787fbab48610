"""People as rows: tables as offices write them, and OneRoster exports of management information systems."""
