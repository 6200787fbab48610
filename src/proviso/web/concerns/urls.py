"""Addresses of concerns: those of the school's public page, of whoever signed in, and of those who handle them."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path
from django.views.decorators.cache import never_cache

from proviso.web.concerns import contact, following, handling, receipts, sharing

app_name = "concerns"
urlpatterns = [
    path("<slug:slug>/concern/", public(never_cache(sharing.share_public)), name="share_public"),
    path("<slug:slug>/concern/receipt/", public(never_cache(receipts.receipt)), name="receipt"),
    path("my/concerns/", following.mine, name="mine"),
    path("my/concerns/<int:pk>/", following.shared, name="shared"),
    path("schools/<slug:slug>/share/", never_cache(sharing.share), name="share"),
    path("schools/<slug:slug>/share/contact/", contact.contact, name="contact"),
    path("schools/<slug:slug>/concerns/", handling.first_list, name="list"),
    path("schools/<slug:slug>/concerns/pupils/", handling.listed, name="pupils"),
    path("schools/<slug:slug>/concerns/adults/", handling.listed, {"tab": "adults"}, name="adults"),
    path("schools/<slug:slug>/concerns/adults/<int:pk>/", handling.concern, {"tab": "adults"}, name="adult"),
    path("schools/<slug:slug>/concerns/<int:pk>/", handling.concern, name="concern"),
    path("schools/<slug:slug>/concerns/<int:pk>/acknowledge/", handling.acknowledge, name="acknowledge"),
    path("schools/<slug:slug>/concerns/<int:pk>/write/", handling.write, name="write"),
    path("schools/<slug:slug>/concerns/<int:pk>/hand-over/", handling.hand_over, name="hand_over"),
    path("schools/<slug:slug>/concerns/<int:pk>/close/", handling.close, name="close"),
    path("schools/<slug:slug>/concerns/<int:pk>/people/<int:party>/", handling.match, name="match"),
]
