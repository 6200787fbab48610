"""Addresses of evidence: below the owner, which is a kind and an id, such as `evidence/case/12/`."""

from django.urls import path

from proviso.web.evidence import adding, items, retention, taking

app_name = "evidence"
OWNER = "evidence/<slug:owner>/<int:pk>/"
ITEM = f"{OWNER}<int:number>/"
urlpatterns = [
    path(OWNER, items.listed, name="listed"),
    path(f"{OWNER}add/", adding.add_files, name="add"),
    path(f"{OWNER}add-text/", adding.add_text, name="add_text"),
    path(f"{OWNER}package/", taking.package, name="package"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}picture/", items.picture, name="picture"),
    path(f"{ITEM}check/", items.check, name="check"),
    path(f"{ITEM}redact/", adding.redact, name="redact"),
    path(f"{ITEM}original/", taking.original, name="original"),
    path(f"{ITEM}remove/", taking.remove, name="remove"),
    path("retention/", retention.due, name="due"),
    path("retention/<int:pk>/", retention.review, name="review"),
    path("retention/<int:pk>/hold/", retention.hold, name="hold"),
    path("retention/<int:pk>/release/", retention.release, name="release"),
]
