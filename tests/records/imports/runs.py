"""Imports of people, as tests begin them and bring them to their end."""

from datetime import datetime, timedelta

from proviso.records.files.uploads import SealedUpload, sealed_upload
from proviso.records.imports import services
from proviso.records.imports.kinds import Scope, kind_named
from proviso.records.imports.models import ImportRun
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.work import work

YESTERDAY = TODAY - timedelta(days=1)
HEAD = "Identifier,First name,Last name,Email,Role,Starts,Ends\n"
MOST_BYTES = 20_000_000


def upload(content: str | bytes, name: str = "people.csv") -> SealedUpload:
    """Return a file as it comes in by a page."""
    return sealed_upload([content.encode() if isinstance(content, str) else content], name, MOST_BYTES)


def started_import(
    actor: Actor, establishment: Establishment, content: str | bytes, *, name: str = "people.csv", replace: bool = False
) -> ImportRun:
    """Begin an import of people."""
    kind = kind_named("people")
    return services.start(actor, establishment, kind, upload(content, name), replace=replace, now=NOW)


def importer(cast: Cast, now: datetime = NOW) -> Actor:
    """Return the headteacher, who proved themselves by a second factor just now."""
    return Actor.of(cast.headteacher, now.date(), second_factor_at=now)


def started(cast: Cast, *lines: str, scope: Scope | None = Scope.EVERYBODY, replace: bool = False) -> ImportRun:
    """Begin an import of these lines; where it asks who is in it, the answer is `scope`."""
    run = started_import(importer(cast), cast.school, HEAD + "\n".join(lines), replace=replace)
    if run.state == ImportRun.State.SCOPE and scope is not None:
        run = services.choose_scope(importer(cast), run, scope, now=NOW)
    return run


def applied(cast: Cast, *lines: str, scope: Scope = Scope.EVERYBODY) -> ImportRun:
    """Import these lines to the end, by the worker that works on a site, instead of any that waits."""
    run = started(cast, *lines, scope=scope, replace=True)
    assert services.confirm(importer(cast), run, now=NOW)
    work()
    run.refresh_from_db()
    return run
