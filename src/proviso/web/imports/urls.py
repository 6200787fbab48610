"""Addresses of imports, below `schools/<establishment>/people/import/`."""

from django.urls import path

from proviso.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("template/", views.template, name="template"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/faults/", views.faults, name="faults"),
]
