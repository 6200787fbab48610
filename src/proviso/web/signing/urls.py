"""Addresses of signing, below `at/<establishment>/sign/` and `at/<establishment>/signing/`."""

from django.urls import path

from proviso.web.signing import progress, reading

sign_patterns = [
    path("", reading.start, name="sign"),
    path("read/", reading.read, name="sign_read"),
    path("questions/<int:number>/", reading.question, name="sign_question"),
    path("statement/", reading.statement, name="sign_statement"),
    path("decline/", reading.decline, name="sign_decline"),
    path("done/", reading.finished, name="sign_done"),
]
signing_patterns = [
    path("", progress.overview, name="signing"),
    path("people/", progress.people, name="signing_people"),
    path("people/<int:pk>/record/", progress.record, name="signing_record"),
    path("exemptions/<int:pk>/", progress.exemption, name="exemption"),
    path("ask/", progress.ask, name="signing_ask"),
    path("signatures.csv", progress.export, name="signing_export"),
    path("sheet.pdf", progress.sheet, name="signing_sheet"),
]
