"""`SuiteCRM`: the way in."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Any, Self

from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.attributes import decode
from suitecrm_bridge.crm.auth import Credentials
from suitecrm_bridge.crm.bulk import FastRoutes
from suitecrm_bridge.crm.documents import resource, rights
from suitecrm_bridge.crm.marks import ROOT
from suitecrm_bridge.crm.records import Module
from suitecrm_bridge.crm.retry import Timing
from suitecrm_bridge.crm.schema import Schema
from suitecrm_bridge.crm.transport import HttpTransport, Transport
from suitecrm_bridge.errors import NotASuiteCrm, RequestRefused
from suitecrm_bridge.patience import REQUESTS_AGAIN


class SuiteCRM:
    """One SuiteCRM, seen through its V8 API. Several threads may use it at once.

    Use it as a context manager: leaving it logs out.

    Args:
        url: address of SuiteCRM as in the browser; the API's prefix is found by itself.
        credentials: OAuth2 client, and user where the client is of the type "password".
        transport: carries the requests; default HTTP.
        verify_tls: whether to check the certificate, or the path of a CA bundle.
        timeout: seconds to wait for an answer.
        retries: how often to try again what failed in passing.
        parallel: connections at once.
        max_rate: requests a second.
        timing: clock, pause and chance; tests give their own.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        transport: Transport | None = None,
        *,
        verify_tls: bool | str = True,
        timeout: float = 120,
        retries: int = REQUESTS_AGAIN,
        parallel: int = 4,
        max_rate: float = 50,
        timing: Timing | None = None,
    ) -> None:
        timing = timing or Timing()
        transport = transport or HttpTransport(
            verify_tls=verify_tls, timeout=timeout, parallel=parallel, timing=timing
        )
        self.api = Api(
            url,
            credentials,
            transport,
            retries=retries,
            max_rate=max_rate,
            timing=timing,
        )
        self._modules: dict[str, Module] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Log out and give the connections back. Never raises."""
        self.api.close()

    @property
    def prefix(self) -> str:
        """Path of the API below the address: /Api, /legacy/Api or /public/legacy/Api."""
        return self.api.prefix

    @property
    def server_time(self) -> datetime | None:
        """The server's clock at its latest answer, in UTC."""
        return self.api.server_time

    @property
    def server_offset_label(self) -> str | None:
        """The offset seen behind the latest datetime, such as "+00:00".

        It is the server's time zone; the datetimes themselves are UTC whatever it says.
        """
        return self.api.offset_label

    @property
    def printed_around(self) -> str:
        """What PHP first printed around an answer's JSON; empty where it never did."""
        return self.api.printed_around

    def module(self, key: str) -> Module:
        """Return the module with this key, such as "Contacts" (not "Contact")."""
        return self._modules.setdefault(key, Module(self.api, key))

    def fields_of(self, key: str) -> list[str] | None:
        """Return the names of a module's fields, None where the server does not tell."""
        fields = Schema(self.api, key).fields()
        return None if fields is None else list(fields)

    def modules(self) -> dict[str, frozenset[str]]:
        """Return the modules that the API user sees, with their rights in each."""
        path = "/V8/meta/modules"
        return rights(self.api.request("GET", path), path)

    def current_user(self) -> dict[str, Any]:
        """Return the attributes of the user that the API acts as, as the server sends them."""
        path = "/V8/current-user"
        user = resource(self.api.request("GET", path), path)
        return {**user["attributes"], "id": user.get("id")}

    def ping(self) -> dict[str, Any] | None:
        """Return what the package's routes say of themselves, None where it is not installed."""
        try:
            return self.api.request("GET", f"{ROOT}/ping")
        except (RequestRefused, NotASuiteCrm) as error:
            if error.status != 404:
                raise
        return None

    def fast_routes(self) -> FastRoutes | None:
        """Return the package's fast routes, None where it is not installed."""
        answer = self.ping()
        if answer is None:
            return None
        # PHP's own clock, where no Date comes through.
        self.api.server_time = self.api.server_time or _moment(answer.get("server_time"))
        return FastRoutes(self.api, answer)


def _moment(raw: object) -> datetime | None:
    try:
        moment = decode("datetime", raw)
    except ValueError:
        return None
    return moment if isinstance(moment, datetime) else None
