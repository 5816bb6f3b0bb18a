"""Deliveries over everything else: a signed webhook, or a file where there is none."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from suitecrm_bridge.errors import NotTold, WriteBackError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.harmless import in_json
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import refusals
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.delivery_files import hand_out
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import DeadLetter
from suitecrm_bridge.mirror.programmes.deliveries import Delivery
from suitecrm_bridge.mirror.programmes.people import Person, details
from suitecrm_bridge.notify import Receiver, Unheard

logger = logging.getLogger(__name__)

CHANNEL = "webhook"
"""Of the deliveries; their dead letters have it in the place of a module."""
FOLDER = "webhooks"
MOST_SILENT, MOST_REFUSED = 3, 20
"""Deliveries in a row, each tried again in vain or refused, before any was taken: the fault is the
receiver's then, and nothing is set apart for it."""


def send(context: Context, summary: Summary) -> None:
    """Hand over what is queued, each once for who minds the keys.

    Raises:
        SettingError: the address or the secret cannot be used.
        NotTold: the receiver takes nothing; the next sync tries again.
        WriteBackError: some were not taken; the dead letters say which and why.
        StoreError: a file cannot be written.
    """
    if not context.settings.programmes_webhook:
        count = hand_out(
            context,
            lambda: context.mirror.programmes.deliveries.pending([CHANNEL]),
            context.settings.home / FOLDER,
            "ndjson",
            lambda file, batch: _write(context, file, batch),
        )
        if count:
            summary.deliveries[CHANNEL] = count
        return
    _post(context, summary)


def due(context: Context) -> list[Delivery]:
    """Return what is queued, but for what failed and waits for its next attempt."""
    waiting = context.mirror.dead_letters.waiting("write", context.clock())
    pending = context.mirror.programmes.deliveries.pending([CHANNEL])
    return [one for one in pending if (CHANNEL, one.key) not in waiting]


def wanted_ids(context: Context) -> list[tuple[str, str]]:
    """Return the dead letters' keys of everything that is still to be handed over."""
    pending = context.mirror.programmes.deliveries.pending([CHANNEL])
    return [(CHANNEL, one.key) for one in pending]


def _post(context: Context, summary: Summary) -> None:
    queued = due(context)
    if not queued:
        return
    settings, deliveries = context.settings, context.mirror.programmes.deliveries
    receiver = Receiver(
        settings.programmes_webhook,
        settings.programmes_secret,
        clock=context.clock,
        sleep=context.stop.sleep,
        allow_http=settings.allow_http,
    )
    contents = _contents(context, queued)
    failures = _Failures(context)
    for one in queued:
        context.stop.check()
        deliveries.sending([one.key], receiver.host, context.clock())
        unheard = receiver.deliver(one.key, contents[one.key])
        if unheard is None:
            with context.mirror.whole():
                deliveries.made([one.key], context.today())
                context.mirror.dead_letters.settle("write", [(CHANNEL, one.key)])
            summary.deliveries[CHANNEL] = summary.deliveries.get(CHANNEL, 0) + 1
            failures.heard()
        else:
            failures.unheard(one, unheard)
    count = failures.end()
    summary.failed += count
    if count:
        raise WriteBackError(text("jobs.writes_failed", count=count))


class _Failures:
    """Tells a delivery that is not taken from a receiver that takes nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._held: list[tuple[Delivery, Unheard]] = []
        self._taken, self._count = False, 0

    def heard(self) -> None:
        """Note that a delivery was taken: what was not taken before is its own fault."""
        self._taken = True
        self._set_apart()

    def unheard(self, delivery: Delivery, why: Unheard) -> None:
        """Note that a delivery was not taken.

        Raises:
            NotTold: the receiver is at fault.
        """
        self._held.append((delivery, why))
        silent = sum(not one.final for _, one in self._held)
        if why.of_all or silent >= MOST_SILENT or len(self._held) >= MOST_REFUSED:
            raise NotTold(why.reason)

    def end(self) -> int:
        """Set apart what is left, and return how many were.

        Raises:
            NotTold: nothing was taken, and not because it was refused.
        """
        silent = [why for _, why in self._held if not why.final]
        if silent and not self._taken:
            raise NotTold(silent[0].reason)
        self._set_apart()
        return self._count

    def _set_apart(self) -> None:
        now, letters = self._context.clock(), self._context.mirror.dead_letters
        for one, why in self._held:
            logger.warning("not delivered: %s: %s", one.key, why.reason)
            lasting = {"programme": one.programme, "wave": one.wave}
            letters.add("write", [DeadLetter(CHANNEL, one.key, lasting, why.reason)], now)
        self._count += len(self._held)
        self._held.clear()


def _write(context: Context, file: Path, batch: Sequence[Delivery]) -> None:
    contents = _contents(context, batch)
    lines = (in_json(json.dumps(contents[one.key], ensure_ascii=False)) for one in batch)
    write_whole(file, "".join(f"{line}\n" for line in lines), private=True)


def _contents(context: Context, batch: Sequence[Delivery]) -> Mapping[str, Mapping[str, Any]]:
    """Return by key what is told of each; how somebody may not be reached is not told."""
    from suitecrm_bridge.insights.programmes import reachable

    lang, rules = context.written_lang, context.rules
    ids = {one.person for one in batch}
    people = details(context.mirror.connection, ids, lang)
    codes = context.mirror.programmes.coupons.of(ids)
    by_module: dict[str, set[str]] = {}
    for one in batch:
        by_module.setdefault(rules.programmes[one.programme].module, set()).add(one.person)
    refused = {id for of in by_module for id in refusals.unwilling(context, of, by_module[of])}
    kinds = {rules.programmes[one.programme].of for one in batch}
    by_mail, by_phone = (
        {id for of in kinds for id in reachable(context.mirror, of, context.today(), channel)}
        for channel in ("mail", "call")
    )
    by_mail -= refused
    found = {}
    for one in batch:
        person = people.get(one.person) or Person(one.person, "", "")
        found[one.key] = {
            "key": one.key,
            "programme": one.programme,
            "wave": one.wave,
            "since": one.since.isoformat(),
            "language": lang,
            "offer": one.product or None,
            "code": codes.get((one.programme, one.person)),
            "person": {
                "id": person.id,
                "module": person.module,
                "name": person.name,
                "email": person.email or None if person.id in by_mail else None,
                "phone": person.phone or None if person.id in by_phone else None,
                "mobile": person.mobile or None if person.id in by_phone else None,
            },
        }
    return found
