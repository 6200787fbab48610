"""Addresses of tasks, of absences and of school holidays."""

from django.urls import path

from proviso.web.tasks import absences, school_holidays, views

app_name = "tasks"
urlpatterns = [
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("schools/<slug:slug>/tasks/", views.of_establishment, name="establishment"),
    path("schools/<slug:slug>/people/<int:pk>/absence/", absences.add, name="absence_add"),
    path("schools/<slug:slug>/absences/<int:absence>/", absences.change, name="absence_change"),
    path("schools/<slug:slug>/absences/<int:absence>/end/", absences.end, name="absence_end"),
    path("schools/<slug:slug>/holidays/", school_holidays.listed, name="school_holidays"),
    path("schools/<slug:slug>/holidays/add/", school_holidays.add, name="school_holiday_add"),
    path("schools/<slug:slug>/holidays/<int:holiday>/remove/", school_holidays.remove, name="school_holiday_remove"),
]
