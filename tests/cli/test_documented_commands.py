"""Every command in every document can be typed as it stands there."""

import re

import click
import pytest

from suitecrm_bridge import i18n
from tests.cli.documented import PAGES, ROOT, checked, lines, run_by_tests, words_of

NOT_RUN: dict[tuple[str, ...], str] = {}
"""Commands of documents that no test names, each with the reason; their options are checked.

`sandbox serve`, `schedule run` and `schedule install --do` never end, or change the machine: tests
run what they do in this process, or record the commands.
"""

COMMANDS = [
    pytest.param(page, number, command, id=f"{page.name}:{number}")
    for page in PAGES
    for number, command, _ in lines(page)
]


@pytest.fixture(autouse=True)
def language_left_alone():
    """What `--lang fr` of a document chooses is gone afterwards."""
    before = i18n.current_language()
    yield
    i18n.use_language(before)


@pytest.mark.parametrize(("page", "number", "command"), COMMANDS)
def test_a_command_of_a_document_is_there_with_its_options(page, number, command):
    words = words_of(command)
    if words is not None:
        try:
            checked(words)
        except click.UsageError as error:
            pytest.fail(f"{page.name}:{number} {command}: {error.format_message()}")
        return
    script, *options = command.removeprefix("python ").split()
    own = ROOT / script
    behind = (ROOT / "scripts" / "behind").glob(f"{own.stem}*.py")
    source = "".join(file.read_text("utf-8") for file in (own, *behind))
    for option in (word.split("=")[0] for word in options if word.startswith("--")):
        # What a script does not know itself goes on to pytest, or to the command demo.
        assert option in source or "parse_known_args" in source, f"{page.name}: {command}"


def test_every_command_that_a_document_shows_is_run_by_a_test_or_listed():
    every = (words_of(command) for page in PAGES for _, command, _ in lines(page))
    shown = {checked(words) for words in every if words is not None} - {()}
    run = run_by_tests()
    missing = {path for path in shown if not any(f" {' '.join(path)} " in words for words in run)}
    assert missing == NOT_RUN.keys()


def test_documents_show_commands_at_all():
    assert len(COMMANDS) > 150
    assert {page.name for page in PAGES} >= {"README.md", "guide-administrator.fr.md"}


def test_a_command_that_is_not_there_is_found():
    with pytest.raises(click.UsageError):
        checked(["schedule", "instal"])
    with pytest.raises(click.NoSuchOption):
        checked(["sync", "--dryrun"])
    with pytest.raises(click.UsageError):
        checked(["customers", "--format", "yaml"])


def test_every_picture_of_a_document_is_there_and_small():
    shown = set()
    for page in ROOT.glob("docs/*.md"):
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", page.read_text("utf-8")):
            file = page.parent / name
            assert file.is_file(), f"{page.name} shows {name}"
            shown.add(file)
    assert {*(ROOT / "docs" / "pictures").iterdir()} <= shown
    assert max(file.stat().st_size for file in (ROOT / "docs" / "pictures").iterdir()) < 150_000
