"""A SuiteCRM in which every kind of link has more rows than a brake lets go unasked."""

from __future__ import annotations

import shutil
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from suitecrm_bridge.sandbox import Store
from tests.flows.made_once import made_once, own_place
from tests.flows.world import NOON, World, filled_base, world

CHOICES = ("Rapides", "À l'écoute", "Bien situés", "Moins chers", "Mieux fournis")
EACH = 8
"""Contacts that have one more opportunity, case, and response to the survey."""
CLOSED = 2
"""Of these cases."""
LATELY = "2026-02-20 10:00:00"


def crowd(world: World) -> None:
    """Give contacts what the demo data of few customers has too little of, all of it lately."""
    stamps = {"date_entered": LATELY, "date_modified": LATELY}
    contacts = [row["id"] for row in world.store.rows("Contacts")][:EACH]
    _open_cases(world.store, contacts, stamps)
    _make_offers(world.store, contacts, stamps)
    _answer(world.store, contacts, stamps)
    for case in _named("case", CLOSED):
        world.clock.time = NOON - timedelta(days=9)
        world.store.update("Cases", case, {"state": "Closed", "status": "Closed_Closed"})
        world.clock.time = NOON - timedelta(days=4)
        world.store.update("Cases", case, {"resolution": "Remplacé"})
    world.clock.time = NOON


def _open_cases(store: Store, contacts: list[str], stamps: dict[str, str]) -> None:
    cases = _named("case", len(contacts))
    store.load(
        "Cases",
        [
            {
                "id": id,
                "name": "Panne",
                "type": "Product",
                "state": "Open",
                "status": "Open_New",
                "priority": "P2",
                "complaint_c": 1,
                "case_number": number,
                **stamps,
            }
            for number, id in enumerate(cases, 1_000)
        ],
    )
    _link(store, "contacts_cases", case_id=cases, contact_id=contacts)


def _make_offers(store: Store, contacts: list[str], stamps: dict[str, str]) -> None:
    offers = _named("offer", len(contacts))
    accounts = cycle(row["id"] for row in store.rows("Accounts"))
    store.load(
        "Opportunities",
        [
            {
                "id": id,
                "name": "Offre",
                "sales_stage": "Prospecting",
                "amount": 900,
                "currency_id": "-99",
                "date_closed": "2026-04-01",
                "account_id": account,
                **stamps,
            }
            for id, account in zip(offers, accounts, strict=False)
        ],
    )
    _link(store, "opportunities_contacts", opportunity_id=offers, contact_id=contacts)
    store.load(
        "Calls",
        [
            {
                "id": id,
                "name": "Relance",
                "parent_type": "Opportunities",
                "parent_id": offer,
                "status": "Held",
                "direction": "Outbound",
                "date_start": LATELY,
                "duration_hours": 1,
                "duration_minutes": 0,
                **stamps,
            }
            for id, offer in zip(_named("call", len(offers)), offers, strict=True)
        ],
    )


def _answer(store: Store, contacts: list[str], stamps: dict[str, str]) -> None:
    asked = {row["type"]: row for row in store.rows("SurveyQuestions")}
    options, count = _named("option", len(CHOICES)), len(contacts)
    responses, choices = _named("response", count), _named("choice", count)
    store.load(
        "SurveyQuestionOptions",
        [
            {"id": id, "name": name, "survey_question_id": asked["Radio"]["id"], **stamps}
            for id, name in zip(options, CHOICES, strict=True)
        ],
    )
    store.load(
        "SurveyResponses",
        [
            {
                "id": id,
                "contact_id": contact,
                "survey_id": asked["Scale"]["survey_id"],
                "happiness": -1,
                **stamps,
            }
            for id, contact in zip(responses, contacts, strict=True)
        ],
    )
    _give(store, asked, responses, {"Scale": _named("scale", count), "Radio": choices}, stamps)
    _link(
        store,
        "surveyquestionoptions_surveyquestionresponses",
        surveyq10d4sponses_idb=choices,
        surveyq72c7options_ida=[options[number % len(options)] for number in range(count)],
    )


def _give(
    store: Store,
    asked: dict[str, Any],
    responses: list[str],
    ids_of: dict[str, list[str]],
    stamps: dict[str, str],
) -> None:
    """One answer each to every question; that on the scale is from 1 to 10."""
    for question, ids in ids_of.items():
        store.load(
            "SurveyQuestionResponses",
            [
                {
                    "id": id,
                    "answer": str(1 + number % 10) if question == "Scale" else None,
                    "surveyresponse_id": response,
                    "surveyquestion_id": asked[question]["id"],
                    **stamps,
                }
                for number, (id, response) in enumerate(zip(ids, responses, strict=True))
            ],
        )


def _named(kind: str, count: int) -> list[str]:
    """Return the ids of the records of a kind."""
    return [str(uuid5(NAMESPACE_OID, f"{kind} {number}")) for number in range(count)]


def _link(store: Store, table: str, **columns: list[str]) -> None:
    rows = zip(*columns.values(), strict=True)
    store.load_link(table, [dict(zip(columns, row, strict=True)) for row in rows])


def crowded_base(folder: Path, *, routes: bool) -> tuple[Path, Path]:
    """Return database and home of such a SuiteCRM after one sync, over the fast routes or not."""
    return _crowded(folder, routes)


@made_once
def _crowded(folder: Path, routes: bool) -> tuple[Path, Path]:
    own = own_place(folder)
    database = Path(shutil.copy(filled_base(folder), own / "crowded.sqlite"))
    home = own / "crowded home"
    with world(home, database=database, routes=routes) as opened:
        crowd(opened)
        opened.sync()
    return database, home
