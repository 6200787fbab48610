"""The schools whose policy anybody can ask."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.versions import public_establishments
from proviso.web.kit.lists import Column, ListPage

ON_A_PAGE = 20


def schools_list(asking: Public) -> ListPage[Establishment]:
    """Return the establishments that have a policy in force, as a list to choose from."""

    def policy(version: Version) -> str:
        since = date_format(version.in_force_from, "j F Y") if version.in_force_from else ""
        words = _("Version %(number)s, in force since %(since)s") % {"number": version.number, "since": since}
        if not version.review_on or version.review_on >= asking.on:
            return words
        return format_html('{} <strong class="govuk-tag govuk-tag--orange">{}</strong>', words, _("Review overdue"))

    return ListPage(
        title=_("Schools"),
        rows=lambda query: public_establishments(asking, query.find),
        columns=[
            Column(
                _("Name"), lambda school: school.name, link=lambda school: reverse("public:ask", args=[school.slug])
            ),
            Column(_("Kind"), _kind),
            Column(_("Policy"), lambda school: [policy(version) for version in getattr(school, "in_force", [])]),
        ],
        search=_("Find a school by its name"),
        count=lambda count: ngettext("%(count)d school", "%(count)d schools", count) % {"count": count},
        none_found=_("No school here has that in its name."),
        per_page=ON_A_PAGE,
    )


def _kind(school: Establishment) -> str:
    parent = [school.parent.name] if school.parent else []
    return " · ".join([str(school.get_kind_display()), str(school.get_nation_display()), *parent])
