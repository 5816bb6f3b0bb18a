"""The command line: one file a command, errors turned into text and exit code in one place."""

import click

from suitecrm_bridge import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="suitecrm-bridge")
def main() -> None:
    """Customer analytics for SuiteCRM."""
