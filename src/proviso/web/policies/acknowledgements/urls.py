"""Addresses of reading and signing, and of how far everybody has come."""

from django.urls import path

from proviso.web.policies.acknowledgements import copies, progress, sign_views

app_name = "acknowledgements"
urlpatterns = [
    path("sign/", sign_views.start, name="sign"),
    path("sign/read/", sign_views.read, name="read"),
    path("sign/questions/<int:number>/", sign_views.question, name="question"),
    path("sign/statement/", sign_views.statement, name="statement"),
    path("sign/decline/", sign_views.decline, name="decline"),
    path("sign/done/", sign_views.finished, name="done"),
    path("sign/copies/<int:pk>.pdf", copies.download, name="copy"),
    path("sign/copies/<int:pk>/send/", copies.send, name="send_copy"),
    path("signing/", progress.overview, name="overview"),
    path("signing/people/", progress.people, name="people"),
    path("signing/people/<int:pk>/record/", progress.record, name="record"),
    path("signing/exemptions/<int:pk>/", progress.exemption, name="exemption"),
    path("signing/ask/", progress.ask, name="ask"),
    path("signing/remind/", progress.remind, name="remind"),
    path("signing/sheet.pdf", progress.sheet, name="sheet"),
]
