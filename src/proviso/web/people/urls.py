"""Every address about the people of a school."""

from django.urls import path

from proviso.web.people import lists, persons, two_factor

urlpatterns = [
    path("at/<slug:slug>/people/", lists.people, name="people"),
    path("at/<slug:slug>/people/left/", lists.left, name="people_left"),
    path("at/<slug:slug>/people/export/", lists.export, name="people_export"),
    path("at/<slug:slug>/people/add/", persons.add, name="person_add"),
    path("at/<slug:slug>/people/invite/", persons.invite_everybody, name="people_invite"),
    path("at/<slug:slug>/people/<int:pk>/", persons.person, name="person"),
    path("at/<slug:slug>/people/<int:pk>/change/", persons.change, name="person_change"),
    path("at/<slug:slug>/people/<int:pk>/invite/", persons.invite, name="person_invite"),
    path("at/<slug:slug>/people/<int:pk>/second-step/", two_factor.take_away, name="person_second_step"),
    path("at/<slug:slug>/people/<int:pk>/role/", persons.role_add, name="role_add"),
    path("at/<slug:slug>/people/<int:pk>/role/<int:role>/end/", persons.role_end, name="role_end"),
]
