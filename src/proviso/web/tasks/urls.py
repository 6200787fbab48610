"""Addresses of tasks, below `tasks/` and `at/<establishment>/tasks/`."""

from django.urls import path

from proviso.web.tasks import views

urlpatterns = [
    path("<int:pk>/", views.task, name="task"),
    path("<int:pk>/reopen/", views.reopen, name="task_reopen"),
]
at_patterns = [path("", views.of_school, name="school_tasks")]
