"""The commands and their exit codes as a document."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
from rendering import table

EXIT_CODES = {
    0: "Done.",
    1: "An unexpected error; the log says where.",
    2: "The command line, a setting or a data file is wrong, or another bridge writes there.",
    3: "SuiteCRM does not accept the credentials, or the API user lacks a right.",
    4: "SuiteCRM cannot be reached, or does not answer as it should.",
    5: "The mirror cannot be used.",
    6: "SuiteCRM refused a request, or the data does not allow what was asked.",
    7: "Some writes failed, the others were done; `dead-letters list` says which.",
    8: "Another run holds the mirror.",
    9: "Something could not be read; the figures that need it were not written, the others were.",
    10: "`all sync`: some clients are not done, the others are; the summary says which.",
    130: "Interrupted; the next run goes on from there.",
}


def commands(main: click.Command, name: str) -> str:
    """Return every command under `main` with its help, arguments and options."""
    return "\n\n".join(_command(context) for context in _contexts(main, name, None))


def _contexts(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[click.Context]:
    # With its own settings: click keeps the option of help that it makes at the first look.
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            below = command.get_command(context, child)
            if below is not None and not below.hidden:
                yield from _contexts(below, child, context)


def _command(context: click.Context) -> str:
    command = context.command
    # Only while its help is being written does a command choose its language.
    command.get_help(context)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"## {context.command_path}", inspect.cleandoc(command.help or "")]
    parts.append(f"    {usage}")
    options = (o for o in command.get_params(context) if isinstance(o, click.Option))
    records = [o.get_help_record(context) for o in options if "--help" not in o.opts]
    if records:
        rows = ([f"`{flags}`", meaning] for flags, meaning in filter(None, records))
        parts.append(table(["Option", "Meaning"], rows))
    return "\n\n".join(part for part in parts if part)


def exit_codes() -> str:
    """Return the exit codes and their meaning."""
    return table(["Exit code", "Meaning"], EXIT_CODES.items())
