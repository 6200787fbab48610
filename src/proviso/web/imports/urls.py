"""Addresses of imports."""

from django.urls import path

from proviso.web.imports import views

urlpatterns = [
    path("at/<slug:slug>/people/import/", views.upload, name="people_import"),
    path("at/<slug:slug>/people/import/template/", views.template, name="people_import_template"),
    path("at/<slug:slug>/people/import/<int:pk>/", views.run, name="import_run"),
    path("at/<slug:slug>/people/import/<int:pk>/confirm/", views.confirm, name="import_confirm"),
    path("at/<slug:slug>/people/import/<int:pk>/cancel/", views.cancel, name="import_cancel"),
    path("at/<slug:slug>/people/import/<int:pk>/resume/", views.resume, name="import_resume"),
    path("at/<slug:slug>/people/import/<int:pk>/faults/", views.faults, name="import_faults"),
]
