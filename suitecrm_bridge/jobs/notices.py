"""Tell people when the state of the syncs changes, and only then."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror import Run
from suitecrm_bridge.notify import Notice, State, post, send_mail

logger = logging.getLogger(__name__)

STATE_FILE = "told.json"
"""Beside the mirror and not in it: that the mirror cannot be used is to be told, too."""
MAIN = "sync"
"""The command whose state people are told; a stage run by hand is watched by who runs it."""
STATES = ("done", "partial", "incomplete", "failed")


@dataclass(frozen=True)
class SyncState:
    """The state of the syncs, and which state each channel was told last."""

    state: State = "done"
    since: str = ""
    channels: Mapping[str, State] = field(default_factory=dict)


def tell(context: Context, run: Run) -> None:
    """Tell each channel the run's state, unless that is what it was told last.

    A channel that was never told anything thinks that all is well. One that cannot be told is
    told after the next run. A run that was stopped or cut off says nothing about the state.
    """
    if run.command != MAIN or run.result not in STATES:
        return
    file = context.settings.home / STATE_FILE
    before = _read(file)
    now = _moved(before, run)
    for channel, send in _channels(context).items():
        if now.channels.get(channel, "done") == now.state:
            continue
        try:
            send(_notice(context, run, now))
        except NotTold as error:
            logger.warning("%s", text("notify.untold", error=error))
        else:
            now = replace(now, channels={**now.channels, channel: now.state})
            logger.info("told %s by %s", now.state, channel)
    if now != before:
        _write(file, now)


def _moved(before: SyncState, run: Run) -> SyncState:
    state = cast("State", run.result)
    # A state that began in the future did so while a clock was wrong.
    known = before.since and datetime.fromisoformat(before.since) <= run.started_at
    if state == before.state and known:
        return before
    return replace(before, state=state, since=run.started_at.isoformat())


def _channels(context: Context) -> dict[str, Callable[[Notice], None]]:
    settings, channels = context.settings, {}
    if settings.webhook:
        channels["webhook"] = lambda notice: post(settings.webhook, notice, context.written_lang)
    recipients = addresses(settings.mail_to)
    if recipients:
        channels["mail"] = lambda notice: send_mail(
            settings.smtp, settings.mail_from, recipients, notice, context.written_lang
        )
    return channels


def addresses(joined: str) -> list[str]:
    """Return addresses that are joined by commas."""
    return [one.strip() for one in joined.split(",") if one.strip()]


def _notice(context: Context, run: Run, now: SyncState) -> Notice:
    return Notice(
        state=now.state,
        since=datetime.fromisoformat(now.since),
        run_id=run.run_id,
        command=run.command,
        crm=context.settings.url,
        error=run.error or "",
        figures=run.figures,
    )


def _read(file: Path) -> SyncState:
    try:
        told = SyncState(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return SyncState()
    except (OSError, ValueError, TypeError) as error:
        logger.warning("%s", text("notify.state_unreadable", file=file, error=error))
        return SyncState()
    return told


def _write(file: Path, told: SyncState) -> None:
    try:
        write_whole(file, json.dumps(asdict(told), indent=2) + "\n", private=True)
    except OSError as error:
        logger.warning("%s", text("notify.state_unwritable", file=file, error=error))
