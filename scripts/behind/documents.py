"""The generated documents: which there are, whether they are fresh, and writing them.

Run in the project's environment by generate.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import command_pages
import compatibility
import doctor_findings
import figures
import privacy_page
import rendering
import report_columns

from suitecrm_bridge import i18n, settings
from suitecrm_bridge.catalogue import (
    Rules,
    action_rules,
    catalogue,
    indicators,
    routes,
    standing_rules,
)
from suitecrm_bridge.cli import main as command_line
from suitecrm_bridge.package import generated

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "suitecrm-bridge"
NOTE = "<!-- Made by scripts/generate.py; do not edit. -->"

SETTINGS = """Give a setting as an environment variable or in the settings file, one `NAME=value`
a line; `config.example.env` is such a file to copy. Precedence: command line option, environment,
settings file, default.

In the file a value is read as it is typed: a backslash is a backslash, as in
`BRIDGE_HOME=C:\\Users\\new`, and a dollar a dollar. A `#` after a space begins a comment. Single or
double quotes around a value keep spaces and `#` in it; of two backslashes in double quotes nobody
knows whether they are one or two, so they are refused, but for those that begin
`\\\\server\\share`.

A secret may lie elsewhere: `SUITECRM_CLIENT_SECRET_FILE=/run/secrets/suitecrm` names a file that
holds it and nothing else, as containers and systemd have them;
`SUITECRM_CLIENT_SECRET_KEYRING=suitecrm/bridge` names service and user in the keyring, with
the extra `suitecrm-bridge[keyring]`. The same goes for every secret below (`SUITECRM_PASSWORD`,
`BRIDGE_SMTP`, the webhooks)."""
FIELDS = """The bridge's fields in SuiteCRM. Those that the bridge fills in are read-only for
people; those that people fill in, the bridge only reads. A score column has the field's name
without `_c`."""
SEGMENTS = """Each customer with a purchase gets a score from 1 to 5 for recency (5: bought last)
and for frequency (5: buys most often), by fifths of the buyers, where equal ones share a score.
Fixed thresholds take the place of the fifths where too few customers have bought, or where
`BRIDGE_RFM` says so; the customer's own rhythm and thresholds, where fifths would not tell
customers apart. The two scores choose the segment. Customers who never bought have a segment of
their own."""
TROUBLESHOOTING = """Run `suitecrm-bridge doctor` first: it finds most of this by itself. Every
error from outside ends with who answered, with which status, to which request, and with the first
words of an answer that is not SuiteCRM's. Words in italics stand for values, and secrets are never
shown.

## Faults between the bridge and SuiteCRM"""
COLUMNS = """A column keeps its name and its place. Columns that come later go to the end, and a
name that changes is told in the changelog. JSON (`report.json`) has the names of customers'
columns, dates as `2026-03-31`, amounts as numbers, keys of dropdowns, and null where something is
not known; its `version` rises when a name or a meaning changes. CSV has the headings of the
reader's language and the labels of keys, numbers as that language writes them, days as
`2026-03-31`, and nothing where something is not known. In the workbook numbers are numbers and
days are days, and names are links to SuiteCRM. E-mail and phone stand there beside those alone
who may be addressed so: nobody who opted out, withdrew their consent, objects to profiling or is
not to be called. A sheet holds 1,048,575 rows; more go on to the next one, and the cover says so.

What `suitecrm-bridge customers`, `segments`, `actions`, `leaving`, `indicators`, `retention` and
`complaints` print with `--format json` are the same figures, to the cent."""
COMMANDS = """Data goes to standard output; words, progress and the log go to standard error.
Each command explains itself with `--help`."""


def documents(root: Path = ROOT) -> dict[str, str]:
    """Return the content of every generated document by its path under `root`."""
    i18n.use_language("en")
    rows = settings.table()
    settings_table = rendering.settings_table(rows)
    commands = command_pages.commands(command_line, PROGRAM)
    return {
        "config.example.env": rendering.settings_example(rows),
        "docs/settings.md": _page("Settings", SETTINGS, settings_table),
        "docs/fields.md": _page("Fields in SuiteCRM", FIELDS, rendering.fields(catalogue())),
        "docs/segments.md": _page("Segments", SEGMENTS, rendering.segments(catalogue())),
        "docs/commands.md": _page(
            "Commands", COMMANDS, f"## Exit codes\n\n{command_pages.exit_codes()}", commands
        ),
        "docs/report-columns.md": _page("Columns of reports", COLUMNS, report_columns.page()),
        "docs/compatibility.md": _page("Compatibility", compatibility.page(root)),
        "docs/figures.md": f"{NOTE}\n\n# Figures\n\n{figures.page()}",
        "docs/troubleshooting.md": _page(
            "Troubleshooting",
            TROUBLESHOOTING,
            rendering.faults(catalogue(), "en"),
            doctor_findings.findings(catalogue(), "en"),
            "## En français",
            rendering.faults(catalogue(), "fr"),
            doctor_findings.findings(catalogue(), "fr"),
        ),
        **_parts(
            root,
            "docs/indicators.md",
            indicators=rendering.indicators(indicators().values()),
        ),
        **_parts(root, "docs/privacy.md", columns=privacy_page.columns()),
        **_parts(root, "docs/fast-routes.md", refusals=rendering.refusals(routes())),
        **_parts(
            root,
            "docs/actions.md",
            standings=rendering.standings(standing_rules(catalogue())),
            actions=rendering.actions(catalogue(), action_rules(catalogue())),
        ),
        **{f"custom/{name}": php for name, php in generated(Rules()).items()},
    }


def between_markers(text: str, content: str, file: str, name: str) -> str:
    """Return the text of a file with what stands between the markers called `name` replaced."""
    start, end = f"<!-- {name}: made by scripts/generate.py -->", f"<!-- end of {name} -->"
    before, found_start, rest = text.partition(start)
    _, found_end, after = rest.partition(end)
    if not (found_start and found_end):
        raise ValueError(f"{file} lacks the line {end if found_start else start}")
    return f"{before}{start}\n{content}\n{end}{after}"


def _parts(root: Path, file: str, **contents: str) -> dict[str, str]:
    """Return a file of which only parts are made, each between markers of its name."""
    text = _read(root / file)
    for name, content in contents.items():
        text = between_markers(text, content, file, name)
    return {file: text}


def stale(root: Path = ROOT) -> list[str]:
    """Return the documents that differ from what would be written."""
    return [name for name, content in documents(root).items() if _read(root / name) != content]


def write(root: Path = ROOT) -> list[str]:
    """Write the documents that are stale and return their names."""
    contents = documents(root)
    outdated = [name for name, content in contents.items() if _read(root / name) != content]
    for name in outdated:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(contents[name], encoding="utf-8", newline="\n")
    return outdated


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check only say which are stale."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("Usage: python scripts/generate.py [--check]", file=sys.stderr)
        return 2
    outdated = stale() if check else write()
    for name in outdated:
        print(f"{name} {'is stale; run python scripts/generate.py' if check else 'written'}")
    if not outdated:
        print("All generated documents are up to date.")
    return 1 if check and outdated else 0


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([NOTE, f"# {title}", *parts]) + "\n"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
