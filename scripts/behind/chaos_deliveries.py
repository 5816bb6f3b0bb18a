"""What the bridge itself delivers in a seed: to each once, in bounds, and to nobody who says no.

A record of SuiteCRM's or a line of a file is what counts, not what the bridge says of it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from chaos_promised import Allowed, Row, rows_of

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.catalogue.programmes import OF_USERS
from suitecrm_bridge.jobs.delivery_files import UNFINISHED
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.push.calls import CALLS, call_id
from suitecrm_bridge.push.tasks import TASKS, task_id
from suitecrm_bridge.sandbox import Store

KEY = "errands"
QUOTA, OF_WAVE = 4, 3
"""Calls and tasks that a user may get a day, and tasks of the one wave."""
ERRANDS = f"""
[programme]
label = {{ en = "Errands", fr = "Courses" }}
description = {{ en = "Reaches everybody.", fr = "Joint chacun." }}
of = "contacts"
audience = 'purchase_count >= 0'
priority = 90
again_days = 3
[waves.letter]
channel = "letter"
label = {{ en = "Letter", fr = "Courrier" }}
[waves.told]
channel = "webhook"
label = {{ en = "Told", fr = "Dit" }}
after_days = 1
[waves.task]
channel = "task"
label = {{ en = "Task", fr = "Tâche" }}
after_days = 1
a_day = {OF_WAVE}
[exit]
when = 'complained'
[control]
share = 0.2
[measure]
days = 5
"""


class Deliveries:
    """Looks at what was delivered after each run; `done` are those that it has looked at."""

    def __init__(self, home: Path, store: Store) -> None:
        self._home, self._store = home, store
        self._done: set[str] = set()

    def broken(self, mirror: Mirror, rules: Rules, made: Collection[str]) -> Iterator[str]:
        """Yield the promises that are broken after a run that made these calls and tasks."""
        known, allowed = rows_of(mirror, "programme_deliveries"), Allowed(mirror, rules)
        ids = {_id(row): row for row in known if row["channel"] in OF_USERS}
        files = [row for row in known if row["channel"] not in OF_USERS and row["made"]]
        new = [ids[id] for id in made if id in ids]
        new += [row for row in files if row["key"] not in self._done]
        yield from self._within_quota(ids)
        yield from _unwanted(allowed, rules, new)
        yield from self._in_files(mirror, allowed, files)
        self._done |= {row["key"] for row in files}

    def left(self, mirror: Mirror, rules: Rules) -> Iterator[str]:
        """Yield what was never delivered though nothing stands in the way any more."""
        allowed = Allowed(mirror, rules)
        failed = {row["record_id"] for row in rows_of(mirror, "dead_letters")}
        for one in mirror.programmes.deliveries.pending():
            module = rules.programmes[one.programme].module
            if not allowed.reaches(module, one.person, one.channel):
                continue
            if not {one.key, _id({"key": one.key, "channel": one.channel})} & failed:
                yield f"{one.key} was never delivered"
        yield from (f"{file.name} was left" for file in self._home.glob(f"*/*{UNFINISHED}"))

    def _within_quota(self, ids: Mapping[str, Row]) -> Iterator[str]:
        of_user: Counter[str] = Counter()
        of_wave: Counter[str] = Counter()
        for row in (row for module in (CALLS, TASKS) for row in self._store.rows(module)):
            one = ids.get(row["id"])
            if one is None:
                continue
            place = f"{row['assigned_user_id']} on {row['date_entered'][:10]}"
            of_user[place] += 1
            of_wave[place] += one["programme"] == KEY
        for most, counts in ((QUOTA, of_user), (OF_WAVE, of_wave)):
            for place, count in counts.items():
                if count > most:
                    yield f"{place} got {count} calls and tasks, of {most}"

    def _in_files(self, mirror: Mirror, allowed: Allowed, files: list[Row]) -> Iterator[str]:
        """Each letter and webhook that was made stands in one file, once."""
        told: Counter[tuple[str, str]] = Counter()
        for file in sorted(self._home.glob("letters/*")):
            if _counts(mirror, file):
                told.update((_wave(file), person) for person in _references(file))
        for file in sorted(self._home.glob("webhooks/*")):
            for one in map(json.loads, _lines(file) if _counts(mirror, file) else ()):
                told[_wave(file), one["person"]["id"]] += 1
                if one["key"] not in self._done:
                    yield from _told_too_much(allowed, one["person"])
        wanted = Counter((f"{row['programme']}-{row['wave']}", row["person"]) for row in files)
        for place in sorted(told.keys() | wanted.keys()):
            if told[place] != wanted[place]:
                yield f"{place} stands {told[place]} times in files, was made {wanted[place]} times"


def _id(row: Row) -> str:
    return (call_id if row["channel"] == "call" else task_id)(row["key"])


def _unwanted(allowed: Allowed, rules: Rules, new: list[Row]) -> Iterator[str]:
    for row in new:
        module = rules.programmes[row["programme"]].module
        if why := allowed.why_not(row | {"module": module, "arm": "treated"}, row["person"]):
            yield f"{row['key']} was delivered: {why}"
        elif not allowed.reaches(module, row["person"], row["channel"]):
            yield f"{row['key']} was delivered: cannot be reached"


def _told_too_much(allowed: Allowed, person: Row) -> Iterator[str]:
    told = {"mail": person["email"], "call": person["phone"] or person["mobile"]}
    for channel, value in told.items():
        if value and not allowed.reaches(person["module"], person["id"], channel):
            yield f"a webhook names how {person['id']} is reached by {channel}"


def _counts(mirror: Mirror, file: Path) -> bool:
    """Return whether a file is one to fetch, or becomes one with the next run."""
    name = file.name.removesuffix(UNFINISHED)
    return name == file.name or mirror.programmes.deliveries.is_made(name)


def _references(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    between = ";" if ";" in lines[0] else ","
    return [row[-1] for row in csv.reader(lines[1:], delimiter=between)]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _wave(file: Path) -> str:
    """Return the programme and wave in a file's name, before its day."""
    return re.split(r"-\d{4}-", file.name)[0]
