"""What comes after the settings: the package, a first dry run and the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.installing import carried_out, installation_of
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.summary import show_summary
from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.i18n import text

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.context import Context

SCREEN = "index.php?module=Administration&view=module&action=UpgradeWizard"
DIST = Path("dist")


@dataclass(frozen=True)
class Wishes:
    """What options ask for; `ask`: what they do not is offered."""

    folder: Path | None
    administrator: str | None
    password_file: Path | None
    dry_run: bool
    schedule: bool
    ask: bool


def carry_on(app: App, wishes: Wishes) -> bool:
    """Do what is wished for, one thing after the other; return whether there was a dry run.

    Raises:
        BridgeError: what an option asked for did not work.
    """
    with app.open() as context:
        if _wanted(wishes, asked=bool(wishes.folder or wishes.administrator), about="package"):
            _bring_package(context, wishes)
    count = len(catalogue().modules)
    tried = _wanted(wishes, asked=wishes.dry_run, about="dry_run", count=count)
    if tried:
        _dry_run(app, wishes)
    if _wanted(wishes, asked=wishes.schedule, about="schedule"):
        _install(app, wishes)
    return tried


def _wanted(wishes: Wishes, *, asked: bool, about: str, **told: int) -> bool:
    if asked or not wishes.ask:
        return asked
    yes, no = text("tables.yes"), text("tables.no")
    choice = click.Choice((yes, no), case_sensitive=False)
    try:
        words = text(f"cli.init_{about}", **told)
        answer: str = click.prompt(words, default=yes, type=choice, err=True)
    except click.Abort as error:
        if not isinstance(error.__context__, EOFError):
            raise
        return False
    return answer == yes


def _bring_package(context: Context, wishes: Wishes) -> None:
    from suitecrm_bridge.package import build

    archive = build(wishes.folder or DIST, rules=context.rules)
    address = context.settings.url.rstrip("/")
    say(text("cli.init_built", file=archive, page=f"{address}/{SCREEN}"), err=True)
    name = wishes.administrator
    if name is None and wishes.ask:
        name = _prompted("cli.init_administrator")
    if not name:
        return
    password = _password(wishes)
    if not password:
        return
    try:
        _upload(context, name, password, archive)
    except BridgeError as error:
        if not wishes.ask:
            raise
        # Whoever answers questions has the zip and its page, and goes on.
        say(f"FAIL {error}", err=True)
    else:
        say(text("cli.init_uploaded"), err=True)


def _upload(context: Context, name: str, password: str, archive: Path) -> None:
    from suitecrm_bridge.crm.address import split_address
    from suitecrm_bridge.crm.module_loader import open_loader

    settings = context.settings
    address, _ = split_address(settings.url)
    loader = open_loader(address, name, password, verify_tls=settings.verify_tls)
    loader.install(archive, "SuiteCRM Bridge")


def _password(wishes: Wishes) -> str:
    if wishes.password_file:
        return wishes.password_file.read_text(encoding="utf-8-sig").rstrip("\r\n")
    return _prompted("cli.init_password", hidden=True)


def _prompted(key: str, *, hidden: bool = False) -> str:
    try:
        answer: str = click.prompt(
            text(key), default="", show_default=False, hide_input=hidden, err=True
        )
    except click.Abort as error:
        if not isinstance(error.__context__, EOFError):
            raise
        return ""
    return answer.strip() if not hidden else answer


def _dry_run(app: App, wishes: Wishes) -> None:
    from suitecrm_bridge.jobs.summary import Summary
    from suitecrm_bridge.jobs.sync import sync

    summary = Summary()
    try:
        with app.open() as context:
            sync(context, summary, dry_run=True)
    except BridgeError as error:
        if not wishes.ask:
            raise
        say(f"FAIL {error}", err=True)
    else:
        show_summary(summary, "table")


def _install(app: App, wishes: Wishes) -> None:
    from suitecrm_bridge.jobs import installing
    from suitecrm_bridge.jobs.service import UNIT

    settings = app.settings()
    file = app.env_file
    assert file is not None  # noqa: S101, it has just been written
    steps = installing.to_install(
        installing.here(), installation_of(settings, file.absolute()), UNIT
    )
    if carried_out(steps, yes=not wishes.ask):
        say(text("schedule.installed", name=UNIT, plan=settings.schedule), err=True)
