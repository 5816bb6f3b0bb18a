"""The command that asks for what the bridge must know, tries it, and keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suitecrm_bridge import i18n
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.doctor import show_findings
from suitecrm_bridge.cli.first_steps import Wishes, carry_on
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.cli.translated import Command, Option
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
from suitecrm_bridge.settings.elsewhere import lies_elsewhere, names

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.checks.finding import Finding

LANGUAGE = "BRIDGE_LANG"
ADDRESS = "SUITECRM_URL"
NEEDED = (ADDRESS, "SUITECRM_CLIENT_ID", "SUITECRM_CLIENT_SECRET")
IN_CLEAR = "BRIDGE_ALLOW_HTTP"
TASKS = "BRIDGE_REACTIONS_MOST"
CURRENCY = "BRIDGE_CURRENCY"
LOGIN = ("SUITECRM_USERNAME", "SUITECRM_PASSWORD")
_NOBODY = "0" * 36
"""For credentials that nobody said yet; a secret is masked wherever its letters stand."""


@click.command("init", cls=Command)
@click.option("--set", "said", multiple=True, metavar="NAME=VALUE", cls=Option, help="option_set")
@click.option("--yes", is_flag=True, cls=Option, help="option_init_yes")
@click.option(
    "--package",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    cls=Option,
    help="option_init_package",
)
@click.option("--upload-as", "administrator", cls=Option, help="option_upload_as")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    cls=Option,
    help="option_password_file",
)
@click.option("--dry-run", is_flag=True, cls=Option, help="option_init_dry_run")
@click.option("--schedule", is_flag=True, cls=Option, help="option_init_schedule")
@click.pass_context
def init(
    ctx: click.Context,
    said: tuple[str, ...],
    yes: bool,
    folder: Path | None,
    administrator: str | None,
    password_file: Path | None,
    dry_run: bool,
    schedule: bool,
) -> None:
    """Ask for address and credentials, try them, keep them."""
    app: App = ctx.obj
    file = app.env_file or own_file()
    known = (file_values(file) if file.is_file() else {}) | _said(said)
    failed = _tried(app, known) if yes else _asked(app, known, file)
    if failed is not None:
        say(text("cli.init_unwritten", file=file), err=True)
        ctx.exit(failed.exit_code)
    write_file(file, {name: value for name, value in known.items() if name in _kept(said)})
    say(text("cli.init_written", file=file), err=True)
    wishes = Wishes(folder, administrator, password_file, dry_run, schedule, ask=not yes)
    tried = carry_on(replace(app, env_file=file), wishes)
    say(text("cli.init_then_sync" if tried else "cli.init_next"), err=True)


def _said(said: Sequence[str]) -> dict[str, str]:
    """Return the settings that options say.

    Raises:
        BadParameter: one has no name that there is.
    """
    found = dict(one.partition("=")[::2] for one in said)
    known = {row.metadata["name"] for row in table()} | names(secret_names())
    for name in found.keys() - known:
        raise click.BadParameter(text("cli.init_unknown", name=name))
    return found


def _kept(said: Sequence[str]) -> set[str]:
    return {*NEEDED, IN_CLEAR, *LOGIN, TASKS, CURRENCY, LANGUAGE, *_said(said)}


def _tried(app: App, known: dict[str, str]) -> Finding | None:
    """Check what is known without asking; what nobody said is what it is for everybody."""
    known[LANGUAGE] = app.lang or known.get(LANGUAGE) or i18n.current_language()
    i18n.use_language(known[LANGUAGE])
    return _fault(app, known)


def _asked(app: App, known: dict[str, str], file: Path) -> Finding | None:
    """Ask until the answers work or nobody wants to go on; return what fails then."""
    known[LANGUAGE] = _language(app.lang or known.get(LANGUAGE) or i18n.current_language())
    say(text("cli.init_begins", file=file), err=True)
    while True:
        known |= _answers(app, known)
        failed = _fault(app, known)
        if failed is None:
            break
        if not _again():
            return failed
    known[TASKS] = _asked_last(TASKS, known.get(TASKS) or "0")
    known[CURRENCY] = _asked_last(CURRENCY, known.get(CURRENCY) or _sign(app, known))
    return None


def _language(known: str) -> str:
    """Ask for the language first: everything else is asked in it."""
    answer: str = click.prompt(
        _label(LANGUAGE), default=known, type=click.Choice(LANGUAGES), show_choices=False, err=True
    )
    i18n.use_language(answer)
    return answer


def _answers(app: App, known: Mapping[str, str]) -> dict[str, str]:
    answers = _address(app, known)
    say(text("cli.init_client", url=answers[ADDRESS].rstrip("/")), err=True)
    for name in NEEDED[1:]:
        if not lies_elsewhere(name, known):
            answers[name] = _answer(name, known.get(name))
    user, password = LOGIN
    answers[user] = _answer(user, known.get(user) or "")
    if answers[user] and not lies_elsewhere(password, known):
        answers[password] = _answer(password, known.get(password))
    elif known.get(password):
        answers[password] = ""
    return answers


def _address(app: App, known: Mapping[str, str]) -> dict[str, str]:
    """Ask for the address until SuiteCRM answers there, or another question may tell why not."""
    answers: dict[str, str] = {}
    while True:
        known = {**known, **answers}
        answers[ADDRESS] = _answer(ADDRESS, known.get(ADDRESS))
        if is_in_clear(answers[ADDRESS]):
            answers[IN_CLEAR] = _answer(IN_CLEAR, known.get(IN_CLEAR) or "no")
        found = _answering(app, {**known, **answers})
        show_findings([found])
        if found.status != "FAIL" or not _again():
            return answers


def _answering(app: App, known: Mapping[str, str]) -> Finding:
    """Say whether SuiteCRM answers at an address, whatever its credentials will be."""
    from suitecrm_bridge.jobs.doctor import answers_there

    anything = {name: known.get(name) or _NOBODY for name in NEEDED[1:]}
    said = {name: value for name, value in known.items() if not name.startswith(NEEDED[1:])}
    with app.open(Settings.with_file({**said, **anything})) as context:
        return answers_there(context)


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
