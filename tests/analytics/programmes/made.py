"""Programmes, people and situations made for tests."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from suitecrm_bridge.analytics.programmes.situation import REACH, Situation
from suitecrm_bridge.catalogue.conditions import names, parse
from suitecrm_bridge.catalogue.languages import Translated
from suitecrm_bridge.catalogue.programmes import (
    Addressing,
    Cap,
    Measure,
    Programme,
    Stop,
    Trigger,
    Wave,
)

DAY = 20_000
WORDS = Translated.of(en="x", fr="x")
KNOWN = names("contacts")
NOBODY_HELD = Addressing(Cap(2, 30), Decimal(0), 90)


def wave(key="first", channel="mail", after_days=0, condition=None):
    return Wave(key, channel, WORDS, after_days, condition and parse(condition, KNOWN))


def programme(key="hello", **given):
    values = {
        "key": key,
        "label": WORDS,
        "description": WORDS,
        "of": "contacts",
        "words": "",
        "audience": parse("purchase_count > 0", KNOWN),
        "trigger": Trigger(),
        "waves": (wave(),),
        "priority": 10,
        "product": None,
        "recovery": False,
        "again_days": None,
        "cap": None,
        "cost": Decimal(1),
        "budget": None,
        "control": Decimal(0),
        "begins": None,
        "ends": None,
        "measure": Measure("margin", 90, Decimal(0)),
        "stop": Stop(True, None),
    }
    return Programme(**values | given)


def audience(*people, occasion="", product="", worth=None, **conditions):
    """People of an audience; `if_<wave>` are conditions, by person or for all."""
    frame = pd.DataFrame(
        {
            "person": pd.Series(people, dtype=object),
            "occasion": pd.Series([occasion] * len(people), dtype=object),
            "product": pd.Series([product] * len(people), dtype=object),
            "worth": [float((worth or {}).get(person, 0)) for person in people],
        }
    )
    for name, holds in conditions.items():
        frame[name] = [holds if isinstance(holds, bool) else holds[p] for p in people]
    return frame


def reach(*people, **flags):
    """What stands between people and channels: `opted_out={"anna"}`; `owners` by person."""
    owners = flags.pop("owners", {})
    columns = {name: [p in flags.get(name, ()) for p in people] for name in REACH}
    columns["owner"] = [owners.get(p, "user") for p in people]
    return pd.DataFrame(columns, index=pd.Index(people, dtype=object, name="person"))


def enrolment(person, programme="hello", **given):
    return {
        "programme": programme,
        "person": person,
        "arm": "treated",
        "since": DAY - 1,
        "occasion": "",
        "product": "",
        "wave": "first",
        "wave_since": DAY - 1,
        "ended": None,
    } | given


def enrolled(*rows):
    frame = pd.DataFrame(list(rows), columns=list(enrolment("x")))
    return frame.astype({"ended": "float64"})


def contacts(*rows):
    return pd.DataFrame(list(rows), columns=["programme", "person", "day"])


def waiting(*rows):
    return pd.DataFrame(list(rows), columns=["programme", "person", "occasion", "since"])


def situation(audiences, people, **given):
    day = given.pop("as_of", DAY)
    return Situation(as_of=day, salt="s", audience=audiences, reach={"contacts": people}, **given)


def decisions(plan):
    """The decision and reason by programme and person."""
    return {
        (row.programme, row.person): (row.decision, row.reason)
        for row in plan.itertuples(index=False)
    }
