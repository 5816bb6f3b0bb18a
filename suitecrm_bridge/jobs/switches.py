"""The switches of SuiteCRM's administration page: carry out what is wished, and tell what is so.

Whether a programme runs stands in the mirror alone. Of a switch and a command the later one wins,
by this machine's clock: SuiteCRM says how long ago a switch was pressed, not when.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.crm import FastRoutes, Wish, Wishes
from suitecrm_bridge.errors import BridgeError, CatalogueError, NotASuiteCrm, RequestRefused
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context

logger = logging.getLogger(__name__)

COMMAND = "suitecrm-bridge"
"""Who started or stopped a programme by a command, or where the bridge did so by itself."""
NO_WISHES = Wishes((), None)
_LABEL, _DESCRIPTION = 255, 1_000
"""Characters that the package takes."""


def start(context: Context, one: Programme, at: datetime, by: str = COMMAND) -> None:
    """Note that a programme runs from now on, and who said so when."""
    kept = context.mirror.programmes
    kept.start(one.key, context.today())
    kept.bounds.fix(one.key, one.measure.most)
    kept.switches.note(one.key, running=True, at=at, by=by)


def stop(context: Context, key: str, at: datetime, by: str = COMMAND, why: str = "stopped") -> int:
    """Note that a programme does not run any more, and who said so; return how many it had."""
    left = context.mirror.programmes.stop(key, context.today(), why)
    context.mirror.programmes.switches.note(key, running=False, at=at, by=by)
    return left


def carry_out(context: Context) -> Wishes:
    """Start and stop what is wished, unless something else was said later; return the wishes.

    Raises:
        ApiError: they cannot be read now.
    """
    asked = _read(context)
    for wish in asked.waiting:
        at = context.clock() - timedelta(seconds=max(0, wish.seconds_ago))
        if _is_overtaken(context, wish, at):
            logger.info("%s", text("programmes.overtaken", key=wish.programme, by=wish.by))
        elif wish.programme not in context.rules.programmes and wish.running:
            logger.warning("%s", text("programmes.wished_gone", key=wish.programme, by=wish.by))
        elif wish.running:
            start(context, context.rules.programmes[wish.programme], at, wish.by)
            logger.info("%s", text("programmes.wished_on", key=wish.programme, by=wish.by))
        else:
            stop(context, wish.programme, at, wish.by)
            logger.info("%s", text("programmes.wished_off", key=wish.programme, by=wish.by))
    return asked


def foreseen(context: Context) -> list[Wish]:
    """Return what is wished and would be done by a sync now.

    Raises:
        ApiError: it cannot be read now.
    """
    known, states = context.rules.programmes, context.mirror.programmes.states()
    found = []
    for wish in _read(context).waiting:
        at = context.clock() - timedelta(seconds=max(0, wish.seconds_ago))
        runs = wish.programme in states and states[wish.programme].running
        done = runs == wish.running or (wish.running and wish.programme not in known)
        if not done and not _is_overtaken(context, wish, at):
            found.append(wish)
    return found


def foreseen_in_words(context: Context) -> list[str]:
    """Return the same in words; nothing where SuiteCRM has no package, or cannot be reached."""
    if context.mirror.identity.known() is None:
        return []
    try:
        return [in_words(wish) for wish in foreseen(context)]
    except BridgeError as error:
        logger.info("%s", text("programmes.not_asked", error=error))
        return []


def in_words(wish: Wish) -> str:
    """Return what the next sync does for a wish."""
    key = "wish_on" if wish.running else "wish_off"
    return text(f"programmes.{key}", key=wish.programme, by=wish.by)


def tell(context: Context, asked: Wishes) -> None:
    """Tell how every programme stands, where that is not what was told last."""
    routes = _routes(context)
    if routes is None:
        return
    try:
        programmes = told(context)[: routes.most_programmes]
    except CatalogueError as error:
        # Whoever runs no programme can do without a page of them.
        logger.warning("%s", text("programmes.not_told", error=error))
        return
    mark = _mark_of(programmes)
    if mark == asked.mark and not asked.waiting:
        return
    done = [wish.id for wish in asked.waiting]
    try:
        routes.switches.tell(programmes, mark, done, context.mirror.identity.bridge)
    except (RequestRefused, NotASuiteCrm) as error:
        logger.warning("%s", text("programmes.not_told", error=error))


def tell_now(context: Context, keys: Iterable[str]) -> None:
    """Let the page show what a command did, where SuiteCRM can be reached; else the next sync does.

    Wishes for these programmes are overtaken; others wait for the next sync.
    """
    try:
        asked = _read(context)
        mine = [wish for wish in asked.waiting if wish.programme in set(keys)]
        tell(context, Wishes(mine, asked.mark))
    except BridgeError as error:
        logger.info("%s", text("programmes.told_later", error=error))


def told(context: Context) -> list[dict[str, Any]]:
    """Return how every programme stands, as docs/fast-routes.md says."""
    kept = context.mirror.programmes
    states, counts, verdicts = kept.states(), kept.counts(), kept.verdicts.held()
    lists = kept.lists.known()
    found = []
    for key, one in context.rules.programmes.items():
        state, verdict = states.get(key), verdicts.get(key)
        people, controls, waiting, contacts = counts.get(key, (0, 0, 0, 0))
        word = "off" if state is None else "running" if state.running else "stopped"
        since = None if state is None else state.since if state.running else state.stopped
        found.append(
            {
                "key": key,
                "label": {lang: one.label[lang][:_LABEL] for lang in LANGUAGES},
                "description": {lang: one.description[lang][:_DESCRIPTION] for lang in LANGUAGES},
                "state": word,
                "since": None if since is None else since.isoformat(),
                "people": people,
                "controls": controls,
                "waiting": waiting,
                "contacts": contacts,
                "verdict": None if verdict is None else verdict.verdict,
                "lists": [
                    {
                        "id": lists[key, wave.key, arm],
                        "wave": {lang: wave.label[lang][:_LABEL] for lang in LANGUAGES},
                        "arm": arm,
                    }
                    for wave in one.waves
                    for arm in ("treated", "control")
                    if (key, wave.key, arm) in lists
                ],
            }
        )
    return found


def _routes(context: Context) -> FastRoutes | None:
    """Return the package's routes where it has the switches."""
    package = context.package
    return package if package is not None and package.most_programmes else None


def _read(context: Context) -> Wishes:
    routes = _routes(context)
    try:
        return NO_WISHES if routes is None else routes.switches.read()
    except (RequestRefused, NotASuiteCrm) as error:
        logger.warning("%s", text("programmes.not_asked", error=error))
        return NO_WISHES


def _is_overtaken(context: Context, wish: Wish, at: datetime) -> bool:
    """Return whether something else was said of a programme after a wish.

    Of what was said in the same second, that it stops holds. What was noted for a time to come, by
    a clock that was wrong, says nothing.
    """
    last = context.mirror.programmes.switches.last().get(wish.programme)
    if last is None or last.at > context.clock():
        return False
    return at < last.at or (at == last.at and wish.running and not last.running)


def _mark_of(programmes: Sequence[dict[str, Any]]) -> str:
    written = json.dumps(programmes, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:32]
