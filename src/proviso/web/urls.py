"""Every address of the site."""

from django.urls import path
from django.views.generic import TemplateView
from django.views.i18n import set_language

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("language/", set_language, name="set_language"),
]
