"""Addresses of tasks, below `tasks/` and `at/<establishment>/`."""

from django.urls import path

from proviso.web.tasks import absences, school_holidays, views

urlpatterns = [
    path("<int:pk>/", views.task, name="task"),
    path("<int:pk>/reopen/", views.reopen, name="task_reopen"),
]
at_patterns = [
    path("tasks/", views.of_school, name="school_tasks"),
    path("people/<int:pk>/absence/", absences.add, name="absence_add"),
    path("absences/<int:absence>/", absences.change, name="absence_change"),
    path("absences/<int:absence>/end/", absences.end, name="absence_end"),
    path("holidays/", school_holidays.listed, name="school_holidays"),
    path("holidays/add/", school_holidays.add, name="school_holiday_add"),
    path("holidays/<int:holiday>/remove/", school_holidays.remove, name="school_holiday_remove"),
]
