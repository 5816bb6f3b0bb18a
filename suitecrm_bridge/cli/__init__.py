"""The command line: one file a command, errors turned into text and exit code in one place."""

from __future__ import annotations

from pathlib import Path

import click

from suitecrm_bridge import __version__, i18n
from suitecrm_bridge.cli import click_words
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.output import take_every_character
from suitecrm_bridge.cli.translated import Group, Option
from suitecrm_bridge.files import for_owner_only
from suitecrm_bridge.settings import LOG_FORMATS


def _use(ctx: click.Context, param: click.Parameter, lang: i18n.Language | None) -> str | None:
    if lang:
        i18n.use_language(lang)
    return lang


@click.group("suitecrm-bridge", cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--env-file",
    type=click.Path(dir_okay=False, path_type=Path),
    cls=Option,
    help="option_env_file",
)
@click.option(
    "--lang",
    type=click.Choice(i18n.LANGUAGES),
    is_eager=True,
    callback=_use,
    cls=Option,
    help="option_lang",
)
@click.option("-v", "--verbose", count=True, cls=Option, help="option_verbose")
@click.option("-q", "--quiet", is_flag=True, cls=Option, help="option_quiet")
@click.option("--log-format", type=click.Choice(LOG_FORMATS), cls=Option, help="option_log_format")
@click.version_option(
    __version__,
    prog_name="suitecrm-bridge",
    message="%(prog)s %(version)s",
    cls=Option,
    help="option_version",
)
@click.pass_context
def main(
    ctx: click.Context,
    env_file: Path | None,
    lang: i18n.Language | None,
    verbose: int,
    quiet: bool,
    log_format: str | None,
) -> None:
    """Customer analytics for SuiteCRM."""
    ctx.with_resource(for_owner_only())
    take_every_character()
    ctx.obj = App(env_file, lang, log_format, verbosity=-1 if quiet else verbose)
    ctx.obj.prepare()


click_words.translate()
main.defer(
    {
        "init": ("init",),
        "sync": ("sync", "pull", "score", "push"),
        "report": ("report",),
        "customers": ("customers", "customer", "segments"),
        "actions": ("actions", "leaving"),
        "indicators": ("indicators",),
        "leads": ("leads",),
        "retention": ("retention",),
        "relations": ("relations",),
        "backtest": ("backtest",),
        "migration": ("migration",),
        "complaints": ("complaints",),
        "programmes": ("programmes",),
        "doctor": ("doctor",),
        "dead_letters": ("dead-letters",),
        "snapshots": ("snapshots",),
        "privacy": ("privacy",),
        "all_clients": ("all",),
        "sandbox": ("sandbox",),
        "demo": ("demo",),
        "package": ("package",),
        "schedule": ("schedule",),
    }
)
