"""Was this right? A reader's yes or no is counted; the question is kept only if they add it."""

from dataclasses import replace

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.answers.services import Opinion, rate_answer
from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment
from proviso.records.people.selectors import public_establishment
from proviso.rules.answers import Answer
from proviso.rules.asking import QuestionError
from proviso.web.kit.forms import FormPage, form_page, posted, saved
from proviso.web.public import published_policies
from proviso.web.public.question_url import Address, read
from proviso.web.public.readers import reader_of


class OpinionForm(forms.Form):
    """Whether to add the question to the opinion."""

    add_question = forms.BooleanField(
        label=gettext_lazy("Add my question, so that the school can see what was asked"),
        help_text=gettext_lazy(
            "Your question is deleted after 90 days. Do not tick this if it says anything about a person."
        ),
        required=False,
    )


def opinion(request: HttpRequest, policy: str) -> HttpResponseBase:
    """Ask whether to add the question, and count the opinion."""
    today = timezone.localdate()
    book = published_policies.book(policy, today)
    establishment = public_establishment(Public(today), policy)
    address = read(request.GET, book.vocabulary)
    address = replace(address, role=reader_of(request, book.policy, address.role).role)
    if establishment is None or request.GET.get("right") not in ("yes", "no"):
        raise Http404(policy)
    try:
        answered = address.answer(book, today)
    except QuestionError:
        return redirect("public:ask", policy)
    may_add = bool(address.question.strip()) and not answered.first
    form = OpinionForm(posted(request))
    if not may_add:
        del form.fields["add_question"]
    if saved(form, lambda: _rate(request, establishment, answered, form.cleaned_data.get("add_question", False))):
        return render(request, "answers/rated.html", {"policy": book.policy, "place": "ask"})
    return form_page(request, form, _page(request, address, policy), {"policy": book.policy, "place": "ask"})


def _page(request: HttpRequest, address: Address, policy: str) -> FormPage:
    is_right = request.GET["right"] == "yes"
    return FormPage(
        title=_("You say that the answer was right") if is_right else _("You say that the answer was not right"),
        lead=_("Only this is kept: the day, the clause, what the answer was, and your yes or no."),
        button=_("Send"),
        cancel=address.link("answer", policy),
    )


def _rate(request: HttpRequest, establishment: Establishment, answered: Answer, add_question: bool) -> None:
    """Count an opinion.

    Raises:
        ValidationError: too many within the hour.
    """
    if not ratelimit.consume(request, action="opinion", key=establishment.slug):
        raise ValidationError(_("Too many have been sent from here within the hour. Try again later."))
    opinion = Opinion(
        clause=next(iter(answered.clauses), ""),
        outcome=answered.outcome,
        is_right=request.GET["right"] == "yes",
        question=answered.question if add_question else "",
    )
    rate_answer(Public(timezone.localdate()), establishment, opinion, now=timezone.now())
