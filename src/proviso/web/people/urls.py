"""Addresses of the people of an establishment, below `schools/<establishment>/people/`."""

from django.urls import path

from proviso.web.people import lists, persons, two_factor

app_name = "people"
urlpatterns = [
    path("", lists.people, name="people"),
    path("left/", lists.left, name="left"),
    path("add/", persons.add, name="add"),
    path("invite/", persons.invite_everybody, name="invite_everybody"),
    path("<int:pk>/", persons.person, name="person"),
    path("<int:pk>/change/", persons.change, name="change"),
    path("<int:pk>/invite/", persons.invite, name="invite"),
    path("<int:pk>/second-step/", two_factor.take_away, name="second_step"),
    path("<int:pk>/roles/add/", persons.role_add, name="role_add"),
    path("<int:pk>/roles/<int:role>/end/", persons.role_end, name="role_end"),
]
