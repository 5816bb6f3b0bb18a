"""Who acts, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.query import Condition
from suitecrm_bridge.sandbox.schema import Bean
from suitecrm_bridge.sandbox.store import Store

Extent = Literal["all", "owner", "none"]


@dataclass(frozen=True)
class Rights:
    """What a role allows in a module: every record, the user's own ones, or none."""

    read: Extent = "all"
    write: Extent = "all"


EVERYTHING = Rights()


@dataclass(frozen=True)
class User:
    """The user that a request acts as."""

    id: str
    name: str
    is_admin: bool
    rights: Mapping[str, Rights] = field(default_factory=dict)

    def rights_in(self, module: str) -> Rights:
        """Return the user's rights in a module; what no role names is allowed."""
        return EVERYTHING if self.is_admin else self.rights.get(module, EVERYTHING)

    def readable(self, bean: Bean) -> Condition:
        """Return the condition of the records that the user may read.

        Raises:
            Declined: they may read none.
        """
        extent = self.rights_in(bean.key).read
        if extent == "none":
            raise refusal("no_access", module=bean.key)
        return Condition("1", ()) if extent == "all" else self._own(bean)

    def check_writes(self, bean: Bean) -> None:
        """Refuse a user who may write nothing in a module."""
        if self.rights_in(bean.key).write == "none":
            raise refusal("no_access", module=bean.key)

    def may_write(self, bean: Bean, row: Mapping[str, Any]) -> bool:
        """Whether the user may write this record."""
        return self.rights_in(bean.key).write == "all" or row[owner_column(bean)] == self.id

    def _own(self, bean: Bean) -> Condition:
        return Condition(f"{sql.quoted(owner_column(bean))} = ?", (self.id,))


def owner_column(bean: Bean) -> str:
    """Return the column that names a record's owner."""
    return "assigned_user_id" if "assigned_user_id" in bean.columns else "created_by"


class Users:
    """The users; their roles last as long as the sandbox runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rights: dict[str, Mapping[str, Rights]] = {}

    def add(self, name: str, rights: Mapping[str, Rights]) -> str:
        """Add an active user who is no administrator, and return their id."""
        id_ = str(uuid4())
        row = {"id": id_, "user_name": name, "last_name": name, "is_admin": 0}
        self._store.load("Users", [row | {"status": "Active", "employee_status": "Active"}])
        self._rights[id_] = dict(rights)
        return id_

    def is_active(self, id_: str) -> bool:
        """Whether a user is neither inactive nor deleted."""
        row = self._store.row("Users", id_)
        return not row["deleted"] and row["status"] == "Active"

    def acting(self, id_: str) -> User:
        """Return the user of a token.

        Raises:
            Declined: they are inactive or deleted.
        """
        row = self._store.row("Users", id_)
        if not self.is_active(id_):
            raise refusal("user_inactive")
        is_admin = str(row["is_admin"]) == "1"
        return User(id_, row["user_name"], is_admin, self._rights.get(id_, {}))
