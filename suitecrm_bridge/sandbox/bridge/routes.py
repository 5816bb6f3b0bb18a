"""The fast routes: addresses, errors as JSON, gzip."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import Rules, catalogue, routes
from suitecrm_bridge.sandbox.answers import dumps
from suitecrm_bridge.sandbox.bridge.access import User, Users
from suitecrm_bridge.sandbox.bridge.addressing import Addressing
from suitecrm_bridge.sandbox.bridge.cards import Cards
from suitecrm_bridge.sandbox.bridge.digests import Digests
from suitecrm_bridge.sandbox.bridge.marks import Marks
from suitecrm_bridge.sandbox.bridge.members import Members
from suitecrm_bridge.sandbox.bridge.programmes import Programmes
from suitecrm_bridge.sandbox.bridge.reading import Reading
from suitecrm_bridge.sandbox.bridge.refusals import Declined, refusal
from suitecrm_bridge.sandbox.bridge.runs import Runs
from suitecrm_bridge.sandbox.bridge.scores import Scores
from suitecrm_bridge.sandbox.errors import PLAIN
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.sight import Sight
from suitecrm_bridge.sandbox.store import Store

PREFIX = "/Api/V8/custom/bridge/v1"
SUITECRM = "7.14.6"
"""Version that the sandbox behaves like."""
ROUTES = (
    ("GET", "ping", "ping"),
    ("GET", "records/<module>", "records"),
    ("GET", "links/<link>", "links"),
    ("GET", "history/<module>", "history"),
    ("POST", "scores/<module>", "scores"),
    ("POST", "cards/<module>", "cards"),
    ("POST", "members/<list_id>", "members"),
    ("GET", "digests/<module>", "digests"),
    ("POST", "addressing", "addressing"),
    ("POST", "claims", "claims"),
    ("POST", "runs", "runs"),
    ("GET", "programmes", "wishes"),
    ("POST", "programmes", "programmes"),
)

Handler = Callable[..., str]

_log = logging.getLogger(__name__)


class Bridge:
    """The package's routes, and the users whose tokens they take."""

    def __init__(self, schema: Schema, store: Store, sight: Sight) -> None:
        self.users = Users(store)
        self.marks = Marks(store)
        self.addressing = Addressing(schema, self.marks)
        self.runs = Runs(schema, store, self.marks)
        self.programmes = Programmes(store, self.marks)
        self.cards = Cards(schema, store, self.marks)
        self.installed = True
        self._rules = Rules()
        self._store = store
        self._sight = sight
        self._reading = Reading(schema, store, sight)
        self.scores = Scores(schema, store, sight)
        self._members = Members(schema, store)
        self._digests = Digests(schema, store)
        self._handlers: Mapping[str, Handler] = {
            f"bridge.{name}": getattr(self, f"_{name}_route") for _, _, name in ROUTES
        }

    @property
    def rules(self) -> list[Rule]:
        """The addresses."""
        return [
            Rule(f"{PREFIX}/{path}", endpoint=f"bridge.{name}", methods=[method])
            for method, path, name in ROUTES
        ]

    def handles(self, endpoint: str) -> bool:
        """Whether an endpoint is one of these routes."""
        return endpoint in self._handlers

    def answer(
        self, endpoint: str, request: Request, user_id: str, values: Mapping[str, Any]
    ) -> Response:
        """Answer a request of a user."""
        status = 200
        try:
            text = self._handlers[endpoint](request, self.users.acting(user_id), **values)
        except Declined as error:
            text, status = dumps(error.body), error.status
        except Exception:
            _log.exception("%s %s", request.method, request.path)
            failed = refusal("failed")
            text, status = dumps(failed.body), failed.status
        response = Response(text.encode(), status, content_type=PLAIN)
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings["gzip"] > 0:
            response.set_data(gzip.compress(response.get_data(), compresslevel=1, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response

    def know(self, rules: Rules) -> None:
        """Go by the segments of another package."""
        self._rules, self.scores.segments = rules, list(rules.catalogue.segments)

    def _ping_route(self, request: Request, user: User) -> str:
        answer = {
            "version": __version__,
            "fingerprint": catalogue().fingerprint,
            "rules": self._rules.fingerprint,
            "segments": list(self._rules.catalogue.segments),
            "user": user.name,
            "suitecrm": SUITECRM,
            "server_time": self._store.now(),
            "modules": {module: self._rights(user, module) for module in catalogue().modules},
            "limits": dict(routes().limits),
            "addressing": self.addressing.mark,
        }
        return dumps(answer | self.marks.all())

    def _records_route(self, request: Request, user: User, module: str) -> str:
        return self._reading.records(module, request.args.to_dict(), user)

    def _links_route(self, request: Request, user: User, link: str) -> str:
        return self._reading.links(link, request.args.to_dict(), user)

    def _history_route(self, request: Request, user: User, module: str) -> str:
        return self._reading.history(module, request.args.to_dict(), user)

    def _scores_route(self, request: Request, user: User, module: str) -> str:
        return dumps(self.scores.write(module, request.get_data(), user))

    def _members_route(self, request: Request, user: User, list_id: str) -> str:
        return dumps(self._members.change(list_id, request.get_data(), user))

    def _cards_route(self, request: Request, user: User, module: str) -> str:
        return dumps(self.cards.tell(module, request.get_data(), user))

    def _digests_route(self, request: Request, user: User, module: str) -> str:
        return dumps(self._digests.digest(module, request.args.to_dict(), user))

    def _addressing_route(self, request: Request, user: User) -> str:
        return dumps(self.addressing.tell(request.get_data(), user))

    def _claims_route(self, request: Request, user: User) -> str:
        return dumps(self.marks.claim(request.get_data(), user))

    def _runs_route(self, request: Request, user: User) -> str:
        return dumps(self.runs.record(request.get_data(), user))

    def _wishes_route(self, request: Request, user: User) -> str:
        return dumps(self.programmes.wishes(request.args.to_dict(), user))

    def _programmes_route(self, request: Request, user: User) -> str:
        return dumps(self.programmes.tell(request.get_data(), user))

    def _rights(self, user: User, module: str) -> dict[str, bool]:
        written = bool(catalogue().fields_of(module, "bridge"))
        return {
            "read": _may_read(user, module) and not self._sight.refuses(module),
            "write": written and user.rights_in(module).write != "none",
        }


def _may_read(user: User, module: str) -> bool:
    parent = catalogue().modules[module].parent
    own = user.rights_in(module).read != "none"
    return own and (parent is None or _may_read(user, parent.module))
