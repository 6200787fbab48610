"""Addresses of cases, below `schools/<establishment>/cases/`."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from proviso.web.cases import decisions, ending, exports, file, letters, lists, opening, people, steps


class Reference(StringConverter):
    """The reference of a case in an address."""

    regex = "C-[A-Z0-9]{6}"


register_converter(Reference, "case")

app_name = "cases"
urlpatterns = [
    path("", lists.others, name="cases"),
    path("adults/", lists.adults, name="adults"),
    path("open/", opening.open_case, name="open"),
    path("concerns/<int:pk>/open/", opening.open_from_concern, name="open_from"),
    path("concerns/<int:pk>/threshold/", decisions.concern_threshold, name="triage"),
    path("approve/<int:pk>/", letters.approve, name="approve"),
    path("letters/", letters.templates, name="templates"),
    path("letters/<slug:kind>/<slug:language>/", letters.template, name="template"),
    path("<case:reference>/", file.case, name="case"),
    path("<case:reference>/readings/", file.readings, name="readings"),
    path("<case:reference>/note/", file.note, name="note"),
    path("<case:reference>/entries/<int:pk>/correct/", file.correct, name="correct"),
    path("<case:reference>/steps/<int:pk>/", steps.step, name="step"),
    path("<case:reference>/steps/<int:pk>/hand-over/", steps.hand_over, name="hand_over"),
    path("<case:reference>/people/add/", people.add, name="person_add"),
    path("<case:reference>/people/<int:pk>/wishes/", people.wishes, name="wishes"),
    path("<case:reference>/people/<int:pk>/end/", people.end, name="person_end"),
    path("<case:reference>/threshold/", decisions.threshold, name="threshold"),
    path("<case:reference>/proportionality/", decisions.proportionality, name="proportionality"),
    path("<case:reference>/viewing/", decisions.viewing, name="viewing"),
    path("<case:reference>/decision/", decisions.other, name="decision"),
    path("<case:reference>/sexual-image/", decisions.sexual_image, name="sexual_image"),
    path("<case:reference>/letters/add/", letters.choose, name="letter_add"),
    path("<case:reference>/letters/add/<slug:kind>/<slug:language>/", letters.write, name="letter_write"),
    path("<case:reference>/letters/<int:pk>/", letters.letter, name="letter"),
    path("<case:reference>/letters/<int:pk>/change/", letters.change, name="letter_change"),
    path("<case:reference>/letters/<int:pk>/ask/", letters.ask, name="letter_ask"),
    path("<case:reference>/letters/<int:pk>/send/", letters.send, name="letter_send"),
    path("<case:reference>/letters/<int:pk>/discard/", letters.discard, name="letter_discard"),
    path("<case:reference>/letters/<int:pk>/file/<slug:form>/", exports.letter_file, name="letter_file"),
    path("<case:reference>/hold/", ending.hold, name="hold"),
    path("<case:reference>/close/", ending.close, name="close"),
    path("<case:reference>/transfer/", ending.transfer, name="transfer"),
    path("<case:reference>/transfer/receipt/", ending.receipt, name="receipt"),
    path("<case:reference>/file/", exports.take_out, name="take_out"),
]
