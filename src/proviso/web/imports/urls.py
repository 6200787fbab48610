"""Addresses of imports, below an establishment's `imports/`."""

from django.urls import path

from proviso.web.imports import previews, views

app_name = "imports"
urlpatterns = [
    path("<slug:kind>/", views.upload, name="upload"),
    path("<slug:kind>/template/", views.template, name="template"),
    path("runs/<int:pk>/", previews.run, name="run"),
    path("runs/<int:pk>/columns/", views.columns, name="columns"),
    path("runs/<int:pk>/scope/", views.scope, name="scope"),
    path("runs/<int:pk>/confirm/", previews.confirm, name="confirm"),
    path("runs/<int:pk>/cancel/", previews.cancel, name="cancel"),
    path("runs/<int:pk>/resume/", previews.resume, name="resume"),
    path("runs/<int:pk>/faults/", previews.faults, name="faults"),
]
