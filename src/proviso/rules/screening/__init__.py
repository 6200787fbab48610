"""What is looked for in a post before it goes out: names, personal data, pictures, tone; each with its clause.

Nothing is sent anywhere, and nothing is decided: a finding is a question to whoever writes or approves the post.
"""

from proviso.rules.screening._findings import Finding, Kind, Severity
from proviso.rules.screening._names import NameFinder
from proviso.rules.screening._pictures import Picture, PictureError, read_picture
from proviso.rules.screening._post import Post, PostCheck, Question, check_post
from proviso.rules.screening._roll import Consent, Roll, RolledPerson, RollError, read_roll

__all__ = [
    "Consent",
    "Finding",
    "Kind",
    "NameFinder",
    "Picture",
    "PictureError",
    "Post",
    "PostCheck",
    "Question",
    "Roll",
    "RollError",
    "RolledPerson",
    "Severity",
    "check_post",
    "read_picture",
    "read_roll",
]
