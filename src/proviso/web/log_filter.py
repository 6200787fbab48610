"""What the site's log does not hold: secrets that stand in addresses, tracebacks of what was merely refused, and that
anybody came to the pages on which a concern is shared.
"""

import logging
import re

# In these addresses the next part is all that is needed to come in.
_CONCERN = re.compile(r"/[^/\s]+/concern/")
_SECRET = re.compile(r"(/(?:invitation|calendar|account/password/reset)/)[^/\s'\"?]+")


class WithoutSecrets(logging.Filter):
    """Takes the secret out of each address, and the traceback from each answer that says no (403, 404, a bad host).

    What was refused on a page of concerns is left out altogether.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _was_refused(record) and _CONCERN.search(message):
            return False
        record.msg, record.args = _SECRET.sub(r"\1…", message), ()
        if _was_refused(record):
            record.exc_info = record.exc_text = None
        return True


def _was_refused(record: logging.LogRecord) -> bool:
    status = getattr(record, "status_code", 500)
    return record.name.startswith("django.security") or (record.name == "django.request" and status < 500)
