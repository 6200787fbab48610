"""The documents of a policy's version: for reading, for the staff handbook, for signing on paper.

Each comes in the language of its content, and the same content gives the same document.
"""

from proviso.documents.policy._content import Approval, PolicyContent, SignoffRow
from proviso.documents.policy._document import policy_document
from proviso.documents.policy._handbook import handbook_section
from proviso.documents.policy._signed_copy import Signature, signed_copy
from proviso.documents.policy._signing_list import signing_list

__all__ = [
    "Approval",
    "PolicyContent",
    "Signature",
    "SignoffRow",
    "handbook_section",
    "policy_document",
    "signed_copy",
    "signing_list",
]
