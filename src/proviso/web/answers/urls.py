"""Addresses of opinions on answers."""

from django.urls import path

from proviso.web.answers import views

app_name = "answers"
urlpatterns = [path("opinions/", views.opinions, name="opinions")]
