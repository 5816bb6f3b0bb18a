"""A user with a role of their own and the API client that acts as them, made for a check."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.settings import Secret
from tests.live.module_loader import ModuleLoader, Refused

OWNER, NONE = "75", "-99"
"""How SuiteCRM's forms name what a role allows: own records, and none at all."""
_ACTION = re.compile(r"<select[^>]*name='(act_guid[^']+)'[^>]*>(.*?)</select>", re.DOTALL)


@dataclass(frozen=True)
class Person:
    """A user by id, and the client whose tokens act as them."""

    id: str
    credentials: Credentials


@contextmanager
def person(admin: SuiteCRM, screens: ModuleLoader, allowed: Mapping[str, str]) -> Iterator[Person]:
    """Make a user whose role allows one thing for all actions of a module, and delete them again.

    Args:
        admin: makes them by the stock API.
        screens: says what the role allows, which only the screens can.
        allowed: OWNER or NONE by module; what is not named, everybody may.
    """
    mark = secrets.token_hex(4)
    user, role, client = (f"{mark}-0000-4000-8000-{n:012d}" for n in (1, 2, 3))
    secret = secrets.token_hex(16)
    made: list[tuple[str, str]] = []

    def make(module: str, id: str, values: dict[str, object]) -> None:
        data = {"type": module, "id": id, "attributes": values}
        made.append((module, id))
        admin.api.request("POST", "/V8/module", body={"data": data}, module=module)

    try:
        name = f"drive_{mark}"
        status = {"status": "Active", "employee_status": "Active"}
        make("Users", user, {"user_name": name, "last_name": "Drive", **status})
        make("ACLRoles", role, {"name": name})
        hashed = hashlib.sha256(secret.encode()).hexdigest()
        granted = {"allowed_grant_type": "client_credentials", "is_confidential": True}
        owned = {"name": name, "secret": hashed, "assigned_user_id": user}
        make("OAuth2Clients", client, owned | granted)
        path = f"/V8/module/ACLRoles/{role}/relationships"
        related = {"data": {"type": "Users", "id": user}}
        admin.api.request("POST", path, body=related, module="ACLRoles")
        for module, what in allowed.items():
            _allow(screens, role, module, what)
        yield Person(user, Credentials(client, Secret(secret)))
    finally:
        for module, id in reversed(made):
            admin.module(module).delete(id)


def _allow(screens: ModuleLoader, role: str, module: str, what: str) -> None:
    page = f"index.php?module=ACLRoles&action=EditRole&category_name={module}&record={role}"
    found = _ACTION.findall(screens.get(page))
    actions = {name: what for name, options in found if f'value="{what}"' in options}
    if not actions:
        raise Refused(f"the form of a role has nothing about {module}")
    screens.post("index.php", {"module": "ACLRoles", "action": "Save", "record": role, **actions})
