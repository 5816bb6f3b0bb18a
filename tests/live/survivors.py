"""Texts that came into SuiteCRM past its own saving, and what an announced write does to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.live.snapshots import Database

TEXTS = (
    "R&D <chef>",
    "Müller-<x>",
    "&lt;b&gt;",
    "&amp;",
    "&amp;lt;",
    "&quot;x&quot; &#039;",
    "a < b > c",
    "<script>alert(1)</script>",
    "<a href='x'>Fils</a>",
    "<!-- x -->",
    "<",
    "O'Brien \\ Fils",
    '"',
    "\\",
    "  twice  ",
    "\ttab",
    "é €",
    "1,5",
    "0",
    "NULL",
    "%s",
    "?&!",
    "x" * 100,
    "\u00a0Paris\u00a0",
)
COLUMNS = ("last_name", "first_name", "title", "department", "primary_address_city", "description")
STAMP = "2020-01-02 03:04:05"
LOOKS = {
    "the contact": "SELECT * FROM contacts WHERE id IN ({ids}) ORDER BY id",
    "its own fields of other people's": "SELECT id_c, wallet_estimate_c FROM contacts_cstm"
    " WHERE id_c IN ({ids}) ORDER BY id_c",
    "its addresses": "SELECT * FROM email_addr_bean_rel WHERE bean_id IN ({ids}) ORDER BY id",
    "its account": "SELECT * FROM accounts_contacts WHERE contact_id IN ({ids}) ORDER BY id",
    "its groups": "SELECT * FROM securitygroups_records WHERE record_id IN ({ids}) ORDER BY id",
}
AUDIT = (
    "SELECT parent_id, field_name, after_value_string FROM contacts_audit"
    " WHERE parent_id IN ({ids}) AND date_created >= %s ORDER BY parent_id, field_name"
)


def check_texts(
    database: Database,
    create: Callable[[int], list[str]],
    announce: Callable[[Sequence[str], str], list[str]],
    say: Callable[[str], None],
) -> None:
    """Announce contacts that hold such texts, and compare all that belongs to them.

    Raises:
        AssertionError: anything but the bridge's own fields has changed.
    """
    ids = create(len(TEXTS))
    for id, text in zip(ids, TEXTS, strict=True):
        _put(database, id, text)
    marks = ", ".join(["%s"] * len(ids))
    before = _look(database, marks, ids)
    (began,) = database.rows("SELECT utc_timestamp()")[0]
    assert announce(ids, "champions") == []
    after = _look(database, marks, ids)
    for what in LOOKS:
        for old, new in zip(before[what], after[what], strict=True):
            assert old == new, f"{what}: {_difference(old, new)}"
    audited = database.rows(AUDIT.format(ids=marks), *ids, began)
    assert audited == [(id, "rfm_segment_c", "champions") for id in sorted(ids)], audited
    say(f"{len(ids)} contacts with texts put by SQL kept every column, date and address")


def _put(database: Database, id: str, text: str) -> None:
    changes = ", ".join(f"{name} = %s" for name in COLUMNS)
    values = [text[: 255 if name == "description" else 25] for name in COLUMNS]
    database.rows(
        f"UPDATE contacts SET {changes}, date_modified = %s, date_reviewed = %s,"
        " birthdate = '1970-02-03', assigned_user_id = NULL WHERE id = %s",
        *values,
        STAMP,
        STAMP[:10],
        id,
    )
    database.rows(
        "INSERT INTO contacts_cstm (id_c, wallet_estimate_c) VALUES (%s, 12.34)"
        " ON DUPLICATE KEY UPDATE wallet_estimate_c = 12.34",
        id,
    )
    address, mark = f"{id}@example.test", id[-12:]
    database.rows(
        "INSERT INTO email_addresses (id, email_address, email_address_caps, invalid_email,"
        " opt_out, date_created, date_modified, deleted) VALUES (%s, %s, %s, 0, 1, %s, %s, 0)",
        f"address-{id[9:13]}-{mark}",
        address,
        address.upper(),
        STAMP,
        STAMP,
    )
    database.rows(
        "INSERT INTO email_addr_bean_rel (id, email_address_id, bean_id, bean_module,"
        " primary_address, reply_to_address, date_created, date_modified, deleted)"
        " VALUES (%s, %s, %s, 'Contacts', 1, 0, %s, %s, 0)",
        f"link-{id[9:13]}-{mark}",
        f"address-{id[9:13]}-{mark}",
        id,
        STAMP,
        STAMP,
    )


def _look(database: Database, marks: str, ids: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    return {what: database.rows(sql.format(ids=marks), *ids) for what, sql in LOOKS.items()}


def _difference(old: tuple[Any, ...], new: tuple[Any, ...]) -> str:
    return "; ".join(f"{a!r} became {b!r}" for a, b in zip(old, new, strict=True) if a != b)
