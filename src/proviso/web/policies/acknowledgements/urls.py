"""Addresses of signing, below `at/<establishment>/sign/` and `at/<establishment>/signing/`."""

from django.urls import path

from proviso.web.policies.acknowledgements import progress, sign_views

sign_patterns = [
    path("", sign_views.start, name="sign"),
    path("read/", sign_views.read, name="sign_read"),
    path("questions/<int:number>/", sign_views.question, name="sign_question"),
    path("statement/", sign_views.statement, name="sign_statement"),
    path("decline/", sign_views.decline, name="sign_decline"),
    path("done/", sign_views.finished, name="sign_done"),
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
