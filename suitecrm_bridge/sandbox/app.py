"""The WSGI application: routes, token check, content types."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.sandbox.answers import Answers, dumps
from suitecrm_bridge.sandbox.bridge import Bridge
from suitecrm_bridge.sandbox.errors import JSON_API, PLAIN, Refused
from suitecrm_bridge.sandbox.meta import Meta
from suitecrm_bridge.sandbox.oauth import OAuthError, Tokens
from suitecrm_bridge.sandbox.php import Nested, parse_query
from suitecrm_bridge.sandbox.records import Records
from suitecrm_bridge.sandbox.relationships import Relationships
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.sight import Sight
from suitecrm_bridge.sandbox.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Handler = Callable[..., str]

API = "/Api"
"""Path of the API in a SuiteCRM 7."""
_LINKS = "/Api/V8/module/<module>/<id_>/relationships"
ROUTES = (
    ("POST", "/Api/V8/logout", "logout"),
    ("GET", "/Api/V8/current-user", "current_user"),
    ("GET", "/Api/V8/meta/modules", "modules"),
    ("GET", "/Api/V8/meta/fields/<module>", "fields"),
    ("GET", "/Api/V8/module/<module>", "list"),
    ("GET", "/Api/V8/module/<module>/<id_>", "read"),
    ("POST", "/Api/V8/module", "create"),
    ("PATCH", "/Api/V8/module", "change"),
    ("DELETE", "/Api/V8/module/<module>/<id_>", "delete"),
    ("POST", _LINKS, "relate"),
    ("GET", f"{_LINKS}/<link>", "related"),
    ("POST", f"{_LINKS}/<link>", "relate_by_link"),
    ("DELETE", f"{_LINKS}/<link>/<other>", "unrelate"),
)
CREATED = frozenset({"create", "change", "relate", "relate_by_link"})
"""Endpoints that answer 201."""


class Api:
    """SuiteCRM's V8 API as a WSGI application, with the package's routes if it has them."""

    def __init__(
        self,
        schema: Schema,
        store: Store,
        tokens: Tokens,
        sight: Sight,
        bridge: Bridge | None = None,
        prefix: str = API,
    ) -> None:
        self._prefix = prefix
        self.answers = answers = Answers(schema, store)
        self._tokens = tokens
        self._records = Records(schema, store, answers, sight)
        self.files: Mapping[str, bytes] = self._records.documents.files
        self._links = Relationships(schema, store, answers, self._records, sight)
        self._meta = Meta(schema, store, sight)
        rules = [Rule(path, endpoint=name, methods=[method]) for method, path, name in ROUTES]
        token = Rule("/Api/access_token", endpoint="token", methods=["POST"])
        self._bridge = bridge
        added = bridge.rules if bridge else []
        self._routes = Map([token, *rules, *added], merge_slashes=False)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        """Return the answer to a request."""
        if _moved(request, self._prefix):
            return self._answered(request)
        return Response("<!DOCTYPE html><title>Not Found</title>", 404, mimetype="text/html")

    def _answered(self, request: Request) -> Response:
        try:
            name, values = self._routes.bind_to_environ(request.environ).match()
            if name == "token":
                return _response(dumps(self._tokens.grant(_body(request))), 200, _TOKEN)
            token = self._tokens.check(request.headers.get("Authorization", ""))
            if self._bridge and self._bridge.handles(name):
                if not self._bridge.installed:
                    raise NotFound
                return self._bridge.answer(name, request, self._tokens.user(token), values)
            text = self._handler(name)(request, token, **values)
        except NotFound:
            return _response('{"message":"Not found"}', 404, PLAIN)
        except MethodNotAllowed as error:
            return _method_not_allowed(error)
        except OAuthError as error:
            return _response(dumps(error.body), error.status, PLAIN)
        except Refused as error:
            return _response(json.dumps(error.body, indent=4) + error.tail, 400, error.media)
        return _response(text, 201 if name in CREATED else 200, JSON_API)

    def _handler(self, name: str) -> Handler:
        handler: Handler = getattr(self, f"_{name}")
        return handler

    def _logout(self, request: Request, token: str) -> str:
        self._tokens.revoke(token)
        message = "You have been successfully logged out"
        return dumps({"meta": {"message": message}, "data": []})

    def _current_user(self, request: Request, token: str) -> str:
        return self._meta.current_user(_path(request))

    def _modules(self, request: Request, token: str) -> str:
        return self._meta.modules()

    def _fields(self, request: Request, token: str, module: str) -> str:
        return self._meta.fields(module)

    def _list(self, request: Request, token: str, module: str) -> str:
        return self._records.page(module, _options(request), _path(request))

    def _read(self, request: Request, token: str, module: str, id_: str) -> str:
        return self._records.read(module, id_, _options(request), _path(request))

    def _create(self, request: Request, token: str) -> str:
        return self._records.create(_body(request), _path(request))

    def _change(self, request: Request, token: str) -> str:
        return self._records.change(_body(request), _path(request))

    def _delete(self, request: Request, token: str, module: str, id_: str) -> str:
        return self._records.delete(module, id_)

    def _relate(self, request: Request, token: str, module: str, id_: str) -> str:
        return self._links.add(module, id_, _body(request))

    def _related(self, request: Request, token: str, module: str, id_: str, link: str) -> str:
        return self._links.page(module, id_, link, _options(request), _path(request))

    def _relate_by_link(
        self, request: Request, token: str, module: str, id_: str, link: str
    ) -> str:
        return self._links.add_by_link(module, id_, link, _body(request))

    def _unrelate(
        self, request: Request, token: str, module: str, id_: str, link: str, other: str
    ) -> str:
        return self._links.remove(module, id_, link, other)


_TOKEN = "application/json; charset=UTF-8"  # noqa: S105 (a content type)


def _moved(request: Request, prefix: str) -> bool:
    """Lead a request for the API to where a SuiteCRM 7 has it; False where nothing is."""
    if not request.path.startswith(f"{prefix}/"):
        return prefix == API
    request.path = API + request.path.removeprefix(prefix)
    request.environ["PATH_INFO"] = request.path
    return True


def _path(request: Request) -> str:
    """Return the path as the server repeats it in links."""
    return request.path.removeprefix("/Api/")


def _options(request: Request) -> Nested:
    return parse_query(request.query_string.decode("utf-8", "replace"))


def _body(request: Request) -> Any:
    """Return the parsed body; what cannot be parsed counts as empty."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return parse_query(request.get_data(as_text=True))
    if not request.mimetype.endswith(("/json", "+json")):
        return {}
    try:
        body = json.loads(request.get_data())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _method_not_allowed(error: MethodNotAllowed) -> Response:
    allowed = ", ".join(sorted({*(error.valid_methods or ())} - {"HEAD"}))
    message = f"Method not allowed. Must be one of: {allowed}"
    response = _response(dumps({"message": message}), 405, PLAIN)
    response.headers["Allow"] = allowed
    return response


def _response(text: str, status: int, media: str) -> Response:
    return Response(text.encode(), status, content_type=media)
