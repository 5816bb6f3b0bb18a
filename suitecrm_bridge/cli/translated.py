"""Commands whose help and errors speak the user's language."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from suitecrm_bridge.cli.click_words import in_use
from suitecrm_bridge.cli.output import say
from suitecrm_bridge.errors import BridgeError, Stopped
from suitecrm_bridge.i18n import text
from suitecrm_bridge.logs import masked

logger = logging.getLogger(__name__)

INTERRUPTED = 130
UNEXPECTED = 1
LONGEST_CHOICE = 40
"""Characters of the values of an option that fit beside its name."""


class Option(click.Option):
    """An option whose help is the message `cli.<key>`."""

    def __init__(self, declarations: Sequence[str], help: str, **attributes: Any) -> None:
        self.key = help
        super().__init__(declarations, help=text(f"cli.{help}"), **attributes)
        self._is_long = len(self._listed) > LONGEST_CHOICE
        if self._is_long and self.name:
            self.metavar = self.name.upper()

    @property
    def _listed(self) -> str:
        """The values that it takes, which may be others once the settings have been read."""
        return ", ".join(map(str, self.type.choices)) if isinstance(self.type, click.Choice) else ""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return flags and help, the help in the language in use by now."""
        self.help = text(f"cli.{self.key}")
        if self._is_long:
            self.help = text("cli.one_of", help=self.help, choices=self._listed)
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is the message `cli.help_<its path>`."""

    within: Group | None = None

    @property
    def words(self) -> str:
        """The command's path as part of a name: `schedule_run` for “schedule run”."""
        names, command = [self.name or ""], self
        while command.within is not None and command.within.within is not None:
            command = command.within
            names.insert(0, command.name or "")
        return "_".join(names).replace("-", "_")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return one line for the list of commands."""
        self._speak()
        return super().get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        self._speak()
        super().format_help_text(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help, its help in the language in use by now."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = text("cli.option_help")
        return option

    def _speak(self) -> None:
        self.help = text(f"cli.help_{self.words}")
        self.short_help = None


class Group(Command, click.Group):
    """A group of such commands, which turns every error into text and exit code."""

    command_class = Command
    group_class = type

    _deferred: Mapping[str, str] = {}

    def defer(self, commands: Mapping[str, Sequence[str]]) -> None:
        """Take in commands that are imported when they are asked for, so that each starts quickly.

        Args:
            commands: names by the file of this package that defines them.
        """
        self._deferred = {name: file for file, names in commands.items() for name in names}

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the line of usage."""
        return [*click.Command.collect_usage_pieces(self, ctx), text("cli.subcommand")]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, those not imported yet too."""
        return sorted({*super().list_commands(ctx), *self._deferred})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, imported now where it was deferred."""
        if cmd_name in self._deferred and cmd_name not in self.commands:
            file = import_module(f"suitecrm_bridge.cli.{self._deferred[cmd_name]}")
            self.add_command(getattr(file, cmd_name.replace("-", "_")))
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands; those that were deferred are named without an import."""
        names = self.list_commands(ctx)
        room = formatter.width - 6 - max(map(len, names))
        rows = [(name, self._named(name).get_short_help_str(room)) for name in names]
        with formatter.section(in_use("Commands")):
            formatter.write_dl(rows)

    def _named(self, name: str) -> click.Command:
        """Return a command, or one of its name in the place of one that is not imported yet."""
        if name in self.commands:
            return self.commands[name]
        command = Command(name)
        command.within = self
        return command

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in, which learns where it belongs."""
        super().add_command(cmd, name)
        if isinstance(cmd, Command):
            cmd.within = self

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; the one place where errors become text and exit code."""
        try:
            return super().invoke(ctx)
        except Stopped as error:
            say(masked(str(error)), err=True)
            ctx.exit(error.exit_code)
        except BridgeError as error:
            logger.debug("stopped", exc_info=error)
            say(f"{text('cli.error')} {masked(str(error))}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            say(text("cli.interrupted"), err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            # Who reads the output may stop reading; click ends quietly then.
            raise
        except Exception as error:
            # The log masks secrets; the traceback that Python would print does not.
            logger.exception("unexpected error")
            say(text("cli.unexpected", kind=type(error).__name__), err=True)
            ctx.exit(UNEXPECTED)
