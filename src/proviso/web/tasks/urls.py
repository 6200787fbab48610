"""Addresses of tasks, one by one and those of an establishment."""

from django.urls import path

from proviso.web.tasks import views

app_name = "tasks"
urlpatterns = [
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("schools/<slug:slug>/tasks/", views.of_establishment, name="establishment"),
]
