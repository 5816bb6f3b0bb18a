"""What the API says about itself: the current user, modules and fields."""

from __future__ import annotations

from typing import Any

from suitecrm_bridge.sandbox.answers import dumps
from suitecrm_bridge.sandbox.errors import Refused
from suitecrm_bridge.sandbox.oauth import USERNAME
from suitecrm_bridge.sandbox.schema import Schema, current_user
from suitecrm_bridge.sandbox.sight import NOT_ALLOWED, Sight
from suitecrm_bridge.sandbox.store import ADMIN, Store

ACCESS = ("access", "delete", "edit", "export", "import", "list", "massupdate", "view")


class Meta:
    """The routes `current-user` and `meta`."""

    def __init__(self, schema: Schema, store: Store, sight: Sight) -> None:
        self._schema = schema
        self._sight = sight
        self._store = store

    def current_user(self, path: str) -> str:
        """Answer the administrator, with dates in their own format."""
        known = current_user()
        row = self._store.row("Users", ADMIN)
        dates = {name: _displayed(row[name]) for name in ("date_entered", "date_modified")}
        links = {
            module: {"links": {"related": f"{path}/relationships/{link}"}}
            for module, link in known["relationships"].items()
        }
        data = {
            "type": "User",
            "id": ADMIN,
            "attributes": known["attributes"] | dates | {"user_name": USERNAME},
            "relationships": links,
        }
        return dumps({"data": data})

    def modules(self) -> str:
        """Answer the modules on show, with what the user may do there."""
        modules = {
            key: {"label": label, "access": ACCESS} for key, label in self._schema.listed.items()
        }
        return _facts("modules", modules)

    def fields(self, module: str) -> str:
        """Answer the fields of a module on show."""
        bean = self._schema.beans.get(module)
        if bean is None or not bean.visible or self._sight.find(module) is None:
            raise Refused(NOT_ALLOWED)
        self._sight.check(bean)
        return _facts("fields", dict(bean.fields))


def _facts(type_: str, attributes: dict[str, Any]) -> str:
    return dumps({"data": {"type": type_, "attributes": attributes}})


def _displayed(moment: str) -> str:
    return f"{moment[5:7]}/{moment[8:10]}/{moment[:4]} {moment[11:16]}"
