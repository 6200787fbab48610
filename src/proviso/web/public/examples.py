"""Questions to try: real ones, for the people that a policy is for."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

STAFF = (
    _("Can I accept a friend request from a girl in my class?"),
    _("Can I text a pupil from my own phone?"),
    _("Can I be Facebook friends with a former pupil?"),
    _("Someone is posting nasty comments about me"),
)
OF = {
    "asset-education": (
        _("Can I accept a friend request from a girl in my class?"),
        _("Can I be friends with a parent on Facebook?"),
        _("Can parents post photos of sports day?"),
        _("A colleague is messaging a pupil on Snapchat"),
    ),
    "ewloe-green": (
        _("Can I accept a friend request from a girl in my class?"),
        _("Can I use Facebook in my lunch break?"),
        _("May I say on my profile that I work at the school?"),
        _("Who reads my school email?"),
    ),
    "knowsley-central": (
        _("Can I accept a friend request from a girl in my class?"),
        _("A pupil has messaged me on Instagram. What should I do?"),
        _("Can I put a photo of a colleague on Facebook?"),
        _("Who does this policy cover?"),
    ),
    "lancashire": (
        _("Can I accept a friend request from a girl in my class?"),
        _("Can I text a pupil from my own phone?"),
        _("Can I be friends with a parent I knew before?"),
        _("What happens if I break the policy?"),
    ),
}


def questions(policy: str) -> list[str]:
    """Return questions to try on a policy."""
    return [gettext(question) for question in OF.get(policy, STAFF)]
