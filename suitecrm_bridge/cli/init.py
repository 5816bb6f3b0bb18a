"""The command that asks for what the bridge must know, tries it, and keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from suitecrm_bridge import i18n
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.doctor import show_findings
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import (
    Settings,
    file_values,
    is_in_clear,
    own_file,
    secret_names,
    table,
    write_file,
)
from suitecrm_bridge.settings.elsewhere import lies_elsewhere

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.checks.finding import Finding

LANGUAGE = "BRIDGE_LANG"
ADDRESS = "SUITECRM_URL"
NEEDED = (ADDRESS, "SUITECRM_CLIENT_ID", "SUITECRM_CLIENT_SECRET")
IN_CLEAR = "BRIDGE_ALLOW_HTTP"
TASKS = "BRIDGE_REACTIONS_MOST"
CURRENCY = "BRIDGE_CURRENCY"
LOGIN = ("SUITECRM_USERNAME", "SUITECRM_PASSWORD")


@click.command("init", cls=Command)
@click.pass_context
def init(ctx: click.Context) -> None:
    """Ask for address and credentials, try them, keep them."""
    app: App = ctx.obj
    file = app.env_file or own_file()
    known = file_values(file) if file.is_file() else {}
    known[LANGUAGE] = _language(app.lang or known.get(LANGUAGE) or i18n.current_language())
    say(text("cli.init_begins", file=file), err=True)
    while True:
        known |= _answers(known)
        failed = _fault(app, known)
        if failed is None:
            break
        if not _again():
            say(text("cli.init_unwritten", file=file), err=True)
            ctx.exit(failed.exit_code)
    known[TASKS] = _asked_last(TASKS, known.get(TASKS) or "0")
    known[CURRENCY] = _asked_last(CURRENCY, known.get(CURRENCY) or _sign(app, known))
    kept = (*NEEDED, IN_CLEAR, *LOGIN, TASKS, CURRENCY, LANGUAGE)
    answers = {name: known[name] for name in kept if name in known}
    write_file(file, answers)
    say(text("cli.init_written", file=file), err=True)


def _language(known: str) -> str:
    """Ask for the language first: everything else is asked in it."""
    answer: str = click.prompt(
        _label(LANGUAGE), default=known, type=click.Choice(LANGUAGES), show_choices=False, err=True
    )
    i18n.use_language(answer)
    return answer


def _answers(known: Mapping[str, str]) -> dict[str, str]:
    answers = {}
    for name in NEEDED:
        if lies_elsewhere(name, known):
            continue
        answers[name] = _answer(name, known.get(name))
        if name == ADDRESS and is_in_clear(answers[name]):
            answers[IN_CLEAR] = _answer(IN_CLEAR, known.get(IN_CLEAR) or "no")
    user, password = LOGIN
    answers[user] = _answer(user, known.get(user) or "")
    if answers[user] and not lies_elsewhere(password, known):
        answers[password] = _answer(password, known.get(password))
    elif known.get(password):
        answers[password] = ""
    return answers


def _answer(name: str, known: str | None) -> str:
    """Ask for a setting until the answer can be understood."""
    secret = name in secret_names()
    hint = text("cli.init_keeps_secret") if secret and known else ""
    if known == "":
        hint = text("cli.init_none")
    answer: str = click.prompt(
        f"{_label(name)} ({hint})" if hint else _label(name),
        default=known,
        show_default=not hint,
        hide_input=secret,
        value_proc=lambda value: _understood(name, value),
        err=True,
    )
    return answer


def _asked_last(name: str, known: str) -> str:
    """Ask for a setting; whose answers come from a file that ends before gets what is known."""
    try:
        return _answer(name, known)
    except click.Abort as error:
        if not isinstance(error.__context__, EOFError):
            raise
        return known


def _again() -> bool:
    yes, no = text("tables.yes"), text("tables.no")
    choice = click.Choice((yes, no), case_sensitive=False)
    answer: str = click.prompt(text("cli.init_again"), default=yes, type=choice, err=True)
    return answer == yes


def _label(name: str) -> str:
    """Return what a setting is, as the table of settings says it."""
    row = next(row for row in table() if row.metadata["name"] == name)
    told: str = row.metadata["help"][i18n.current_language()]
    return told.rstrip(".")


def _understood(name: str, value: str) -> str:
    row = next(row for row in table() if row.metadata["name"] == name)
    try:
        row.metadata["parse"](value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return value.strip()


def _fault(app: App, known: Mapping[str, str]) -> Finding | None:
    """Check the installation with these answers; return the first fault."""
    from suitecrm_bridge.jobs.doctor import diagnose

    with app.open(Settings.with_file(known)) as context:
        findings = list(diagnose(context))
    show_findings(findings)
    return next((finding for finding in findings if finding.status == "FAIL"), None)


def _sign(app: App, known: Mapping[str, str]) -> str:
    """Return the sign of the base currency, as SuiteCRM shows it."""
    from suitecrm_bridge.jobs.currency import shown_sign

    with app.open(Settings.with_file(known)) as context:
        return shown_sign(context)
