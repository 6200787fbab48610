"""The site's addresses with pages that show what the kit does."""

from django.urls import include, path

from tests.web.kit import views

room = [
    path("", views.marbles, name="marbles"),
    path("few/", views.few, name="few"),
    path("none/", views.none, name="none"),
    path("<int:pk>/", views.marble, name="marble"),
    path("<int:pk>/paint/", views.paint, name="paint"),
    path("<int:pk>/break/", views.smash, name="break"),
    path("file/", views.file, name="file"),
    path("running/", views.running, name="running"),
    path("stuck/", views.stuck, name="stuck"),
]
urlpatterns = [
    path("schools/<slug:slug>/", views.running, name="hall"),
    path("schools/<slug:slug>/marbles/", include((room, "marbles"))),
    path("", include("proviso.web.urls")),
]
