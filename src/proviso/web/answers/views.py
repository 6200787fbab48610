"""What readers thought of answers, by clause and day."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso.records.answers.models import OpinionCount
from proviso.records.answers.selectors import opinions_of
from proviso.records.people.models import Establishment
from proviso.web.kit.lists import Column, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.wording import outcomes


@establishment_page("answers.view")
def opinions(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """How often readers said that an answer was right or not, and the questions that they added."""
    page = ListPage(
        title=_("Feedback on answers"),
        lead=_(
            "Readers say whether an answer was right. Nobody’s name is kept, and all of it is deleted after 90 days."
        ),
        rows=lambda query: opinions_of(request.actor, establishment),
        columns=[
            Column(
                _("Day"), lambda count: count.on, name="day", sort=("on",), cell=lambda count: date_format(count.on)
            ),
            Column(_("Clause"), lambda count: count.clause, name="clause", sort=("clause",), link=_clause),
            Column(_("Answer"), lambda count: outcomes.outcome(count.outcome)),
            Column(_("Right"), lambda count: count.right, name="right", sort=("right",), numeric=True),
            Column(_("Not right"), lambda count: count.wrong, name="wrong", sort=("wrong",), numeric=True),
            Column(_("Questions that readers added"), _questions),
        ],
        empty=_("Nobody has given feedback on an answer in the last 90 days."),
        sorted_by="-day",
    )
    return list_page(request, page)


def _clause(count: OpinionCount) -> str:
    return reverse("public:clause", args=[count.establishment.slug, count.clause]) if count.clause else ""


def _questions(count: OpinionCount) -> list[str]:
    return [question.text for question in count.questions.all()]
