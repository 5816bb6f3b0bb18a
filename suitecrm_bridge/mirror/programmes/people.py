"""What the people of programmes are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Language
from suitecrm_bridge.mirror.seeking import Sought, seek

if TYPE_CHECKING:
    import pandas as pd

_WHY = ("rfm_reason", "value_reason")
"""Sentences of the scores that say who somebody is as a customer."""
_FORESEEN = ("best_moment", "next_need", "next_need_due")
_EVERYBODY = (
    "SELECT id, 'Contacts' AS module, concat_ws(' ', first_name, last_name) AS name FROM contacts"
    " UNION ALL SELECT id, 'Accounts', name FROM accounts"
    " UNION ALL SELECT id, 'Leads', concat_ws(' ', first_name, last_name) FROM leads"
)

_KNOWN = (
    "name", "last_name", "salutation", "email", "phone", "mobile", "street", "postcode", "city",
    "country",
)  # fmt: skip
_OF_PERSON = (
    "concat_ws(' ', first_name, last_name) AS name, last_name, salutation, email1 AS email,"
    " phone_work AS phone,"
    " phone_mobile AS mobile, primary_address_street AS street,"
    " primary_address_postalcode AS postcode, primary_address_city AS city,"
    " primary_address_country AS country"
)
_REACHED = (
    f"SELECT id, 'Contacts' AS module, {_OF_PERSON} FROM contacts"
    " UNION ALL SELECT id, 'Accounts', name, NULL, NULL, email1, phone_office, NULL,"
    " billing_address_street, billing_address_postalcode, billing_address_city,"
    " billing_address_country FROM accounts"
    f" UNION ALL SELECT id, 'Leads', {_OF_PERSON} FROM leads"
)


def addresses(connection: duckdb.DuckDBPyConnection, entity: Entity) -> list[tuple[str, str, str]]:
    """Return id, e-mail and phone, that at work before the mobile one; whoever has none as ""."""
    return connection.execute(
        "SELECT id, coalesce(email, ''), coalesce(nullif(trim(phone), ''), mobile, '')"
        f" FROM ({_REACHED}) WHERE module = ? ORDER BY id",
        [ENTITY_MODULES[entity]],
    ).fetchall()


def called(connection: duckdb.DuckDBPyConnection, people: Collection[str]) -> dict[str, str]:
    """Return the names of contacts, accounts and leads by their ids."""
    rows = connection.execute(
        f"SELECT id, name FROM ({_EVERYBODY}) WHERE id IN (SELECT unnest(?::VARCHAR[]))",
        [list(people)],
    ).fetchall()
    return {id: name or "" for id, name in rows}


@dataclass(frozen=True)
class Person:
    """What is known of a person when something is delivered to them.

    `why` are sentences of the scores, in the language that was asked for; `moment` is the key of
    the best one to reach them, `need` the product that is due with them next, `need_day` its day;
    "" or None where nobody can tell.
    """

    id: str
    module: str
    name: str
    last_name: str = ""
    salutation: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    why: Sequence[str] = ()
    moment: str = ""
    need: str = ""
    need_day: date | None = None


def details(
    connection: duckdb.DuckDBPyConnection, people: Collection[str], lang: Language
) -> dict[str, Person]:
    """Return what is known of people, by their ids; who is not in the mirror any more is missing.

    Args:
        connection: the mirror's.
        people: their ids.
        lang: the language of the sentences.
    """
    why, foreseen = _sentences(connection, people, lang), _foreseen(connection, people)
    rows = connection.execute(
        f"SELECT id, module, {', '.join(_KNOWN)} FROM ({_REACHED})"
        " WHERE id IN (SELECT unnest(?::VARCHAR[]))",
        [list(people)],
    ).fetchall()
    found = {}
    for id, module, *values in rows:
        known: dict[str, Any] = {
            name: value or "" for name, value in zip(_KNOWN, values, strict=True)
        }
        moment, need, need_day = foreseen.get(id, ("", "", None))
        person = Person(id, module, **known, why=why.get(id, ()))
        found[id] = replace(person, moment=moment, need=need, need_day=need_day)
    return found


def _foreseen(
    connection: duckdb.DuckDBPyConnection, people: Collection[str]
) -> dict[str, tuple[str, str, date | None]]:
    """Return by person the best moment, the next need and its day, where these were scored."""
    found: dict[str, tuple[str, str, date | None]] = {}
    for of in ENTITY_MODULES:
        there = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"scores_{of}"]
        ).fetchall()
        if all((name,) in there for name in _FORESEEN):
            rows = connection.execute(
                f"SELECT customer_id, {', '.join(_FORESEEN)} FROM scores_{of}"
                " WHERE customer_id IN (SELECT unnest(?::VARCHAR[]))",
                [list(people)],
            ).fetchall()
            found |= {row[0]: (row[1] or "", row[2] or "", row[3]) for row in rows}
    return found


def _sentences(
    connection: duckdb.DuckDBPyConnection, people: Collection[str], lang: Language
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for of in ENTITY_MODULES:
        there = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"scores_{of}"]
        ).fetchall()
        known = [f"{name}_{lang}" for name in _WHY if (f"{name}_{lang}",) in there]
        if known:
            rows = connection.execute(
                f"SELECT customer_id, {', '.join(known)} FROM scores_{of}"
                " WHERE customer_id IN (SELECT unnest(?::VARCHAR[]))",
                [list(people)],
            ).fetchall()
            found |= {row[0]: [said for said in row[1:] if said] for row in rows}
    return found


def found(connection: duckdb.DuckDBPyConnection, words: str, module: str = "") -> Sought:
    """Find people of a module, or of all, by an id or a name, or a part of it."""
    everybody = f"SELECT id, module, name FROM ({_EVERYBODY})"
    own = f" WHERE module = '{module}'" if module else ""
    return seek(connection, everybody + own, words)


def segments_of(connection: duckdb.DuckDBPyConnection, scored: Collection[Entity]) -> pd.DataFrame:
    """Return everybody's segment by the scores of these kinds: person, segment."""
    selects = [f"SELECT customer_id, rfm_segment FROM scores_{of}" for of in scored]
    none = "SELECT '' AS person, '' AS segment WHERE false"
    return connection.execute(" UNION ALL ".join([none, *selects])).df()


def mean_purchase(connection: duckdb.DuckDBPyConnection, scored: Collection[Entity]) -> float:
    """Return for how much customers buy at a time, in hundredths; 0 where nobody did.

    It is that of the first of these kinds of which somebody bought.
    """
    for of in scored:
        rows = connection.execute(
            f"SELECT 100 * sum(purchase_total) / sum(purchase_count) FROM scores_{of}"
        ).fetchall()
        if rows[0][0]:
            return float(rows[0][0])
    return 0.0
