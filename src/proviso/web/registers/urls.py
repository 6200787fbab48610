"""Addresses of the registers."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path
from django.views.decorators.cache import never_cache

from proviso.web.registers import consent_links, consents, declarations, declaring

app_name = "registers"
urlpatterns = [
    path("my/declarations/", declarations.mine, name="my_declarations"),
    path("schools/<slug:slug>/declarations/", declarations.listed, name="declarations"),
    path("schools/<slug:slug>/declarations/add/", declaring.declare, name="declare"),
    path("schools/<slug:slug>/declarations/<int:declaration>/", declarations.declaration, name="declaration"),
    path("schools/<slug:slug>/declarations/<int:declaration>/decide/", declarations.decide, name="declaration_decide"),
    path("schools/<slug:slug>/declarations/<int:declaration>/ask/", declarations.ask, name="declaration_ask"),
    path("schools/<slug:slug>/declarations/<int:declaration>/answer/", declarations.answer, name="declaration_answer"),
    path(
        "schools/<slug:slug>/declarations/<int:declaration>/confirm/", declarations.confirm, name="declaration_confirm"
    ),
    path(
        "schools/<slug:slug>/declarations/<int:declaration>/withdraw/",
        declarations.withdraw,
        name="declaration_withdraw",
    ),
    path("schools/<slug:slug>/consents/", consents.listed, name="consents"),
    path("schools/<slug:slug>/consents/mine/", consents.mine, name="my_consents"),
    path("schools/<slug:slug>/consents/wording/", consents.wording, name="consent_wording"),
    path("schools/<slug:slug>/consents/<int:pk>/", consents.person, name="consents_of"),
    path("schools/<slug:slug>/consents/<int:pk>/record/", consents.record, name="consents_record"),
    path("schools/<slug:slug>/consents/<int:pk>/roll/", consents.roll, name="consents_roll"),
    path("schools/<slug:slug>/consents/<int:pk>/link/", consents.link, name="consents_link"),
    path("schools/<slug:slug>/consents/<int:pk>/form.<str:kind>", consents.paper_form, name="consents_form"),
    path("<slug:slug>/consent/", public(consent_links.form_page), name="consent_form"),
    path("consent/<str:secret>/", public(never_cache(consent_links.private)), name="consent_link"),
    path(
        "consent/<str:secret>/withdraw/<slug:purpose>/<slug:about>/",
        public(never_cache(consent_links.withdraw)),
        name="consent_withdraw",
    ),
]
