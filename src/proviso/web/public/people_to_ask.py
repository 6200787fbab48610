"""Asking a person: whom the policy names, and passing a question on, if its asker wants it and no child is at risk."""

from dataclasses import dataclass, replace
from datetime import date

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.people.actors import Public
from proviso.records.people.mail import QuestionPassedOn, pass_question_on
from proviso.records.people.models import Establishment
from proviso.records.people.selectors import public_establishment
from proviso.rules.answers import Answer
from proviso.rules.asking import QuestionError, ask
from proviso.rules.norms import CompiledPolicy
from proviso.web.kit.forms import FormPage, form_page, posted, saved
from proviso.web.public import published_policies
from proviso.web.public.question_url import Address, read
from proviso.web.public.readers import Reader, reader_of
from proviso.wording import protection, whom_to_ask
from proviso.wording.whom_to_ask import PersonToAsk

TOO_MANY = gettext_lazy(
    "Too many questions have been passed on from here within the hour. Phone instead, or try again later."
)


class PassOnForm(forms.Form):
    """How whoever is asked can reach the asker, if the asker wants that."""

    reach = forms.CharField(
        label=gettext_lazy("How can they reach you? (optional)"),
        help_text=gettext_lazy(
            "Your name and an email address or phone number. Leave it empty if you do not want an answer."
        ),
        max_length=200,
        required=False,
    )


@dataclass(frozen=True)
class Asking:
    """A question on its way to a person: the policy, the address that holds it, its answer and who reads."""

    book: CompiledPolicy
    address: Address
    answer: Answer | None
    reader: Reader

    @property
    def is_urgent(self) -> bool:
        """Whether a child may be at risk: then phones are shown, and nothing is passed on."""
        return self.answer is not None and bool(self.answer.first)

    def person(self, establishment: Establishment | None) -> PersonToAsk | None:
        """Return to whom the question can be passed on; nobody where a child may be at risk."""
        if establishment is None or self.is_urgent or not self.address.question.strip():
            return None
        people = whom_to_ask.people_to_ask(self.book.policy, self.reader.roles)
        return next((person for person in people if person.contact.email), None)


def person(request: HttpRequest, policy: str) -> HttpResponse:
    """Show whom the policy names, with their phones; with a child at risk, what to do at once before that."""
    asking = _asking(request, policy)
    answered = asking.answer
    named = whom_to_ask.named_contacts(asking.book.policy)
    baseline = answered.baseline if answered is not None else None
    shown = {
        "policy": asking.book.policy,
        "place": "ask",
        "reader": asking.reader,
        "do_now": protection.do_now(baseline, answered.first, named) if answered and baseline else None,
        "people": whom_to_ask.people_to_ask(asking.book.policy, asking.reader.roles),
        "whom": whom_to_ask.whom_to_ask(asking.book.policy, asking.reader.roles),
        "asked": asking.address.question,
        "to": asking.person(public_establishment(Public(timezone.localdate()), policy)),
        "pass_on": asking.address.link("pass_on", policy),
        "back": asking.address.link("answer" if asking.answer else "ask", policy),
    }
    return render(request, "answers/person.html", shown)


def pass_on(request: HttpRequest, policy: str) -> HttpResponseBase:
    """Show what will be sent and to whom, and send it when that is confirmed."""
    asking = _asking(request, policy)
    establishment = public_establishment(Public(timezone.localdate()), policy)
    if establishment is None:
        raise Http404(policy)
    to = asking.person(establishment)
    if to is None:
        return redirect(asking.address.link("person", policy))
    form = PassOnForm(posted(request))
    if saved(form, lambda: _send(request, asking, establishment, form.cleaned_data["reach"])):
        return render(request, "answers/passed_on.html", {"policy": asking.book.policy, "place": "ask", "to": to})
    page = FormPage(
        title=_("Pass your question on"),
        button=_("Send the question"),
        cancel=asking.address.link("person", policy),
        above="answers/parts/passing_on.html",
    )
    context = {"policy": asking.book.policy, "place": "ask", "to": to, "asked": asking.address.question}
    return form_page(request, form, page, context)


def _asking(request: HttpRequest, policy: str) -> Asking:
    today = timezone.localdate()
    book = published_policies.book(policy, today)
    address = read(request.GET, book.vocabulary)
    reader = reader_of(request, book.policy, address.role)
    address = replace(address, role=reader.role, asked=None)
    return Asking(book, address, _answer(book, address, today), reader)


def _answer(book: CompiledPolicy, address: Address, on: date) -> Answer | None:
    """Return the answer of an address; what its words alone say of a child at risk counts too."""
    try:
        in_words = ask(book, address.question, address.role, on) if address.question.strip() else None
        if in_words is not None and in_words.first:
            return in_words
        return address.answer(book, on) if address.facts or address.clauses else in_words
    except QuestionError:
        return None


def _send(request: HttpRequest, asking: Asking, establishment: Establishment, reach: str) -> None:
    """Send the question to whoever the policy names.

    Raises:
        ValidationError: too many within the hour, or the mail server cannot be reached.
    """
    to = asking.person(establishment)
    if to is None:
        raise ValidationError(_("This cannot be passed on."))
    if not ratelimit.consume(request, action="ask_person", key=establishment.slug):
        raise ValidationError(str(TOO_MANY))
    question = QuestionPassedOn(
        to.contact.email, asking.address.question, asking.address.link("answer", establishment.slug), reach
    )
    try:
        pass_question_on(question, establishment)
    except OSError:
        raise ValidationError(_("The email could not be sent. Phone instead, or try again later.")) from None
