"""Help for somebody who lost their second step: an administrator or the headteacher takes it away."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people import selectors, two_factor
from proviso.records.people.models import Establishment
from proviso.web.kit.confirm import confirm_page, refusal_page
from proviso.web.kit.forms import INVALID, FormPage, done
from proviso.web.kit.pages import ActorRequest, establishment_page


@establishment_page("people.second_step")
def take_away(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Say what will happen, or why it cannot; then do it."""
    actor = request.actor
    person = selectors.person_in(actor, establishment, pk)
    page = FormPage(
        _("Take away the second step?"),
        _("Take it away"),
        caption=person.name,
        lead=_("For a person who has lost their phone or key and has no recovery codes."),
        points=[
            _("Their passkeys, their authenticator app and their recovery codes will no longer work here."),
            _("They are signed out on every device, and get an email that says what happened."),
            _(
                "They sign in with their password alone. If their role needs a second step, they set up a new one "
                "before anything else."
            ),
            _("The log will show that you did this."),
        ],
        warning=_(
            "Until they do so, whoever knows the password gets in. Make sure that it is really they who ask: see "
            "them, or call them on a number that you know."
        ),
        danger=True,
    )
    context = {"person": person}
    try:
        two_factor.check(actor, establishment, person)
    except ValidationError as error:
        status = INVALID if request.method == "POST" else 200
        return refusal_page(request, page, " ".join(error.messages), context, status)
    return confirm_page(
        request,
        page,
        lambda: two_factor.take_away(actor, establishment, person, now=timezone.now()),
        lambda: done(
            request,
            _("The second step of %(person)s was taken away.") % {"person": person.name},
            "people:person",
            establishment.slug,
            pk,
        ),
        context,
    )
