import ast
import inspect

import click
import pytest
from click.testing import CliRunner

from suitecrm_bridge import __version__, i18n
from suitecrm_bridge.catalogue import LANGUAGES, catalogue
from suitecrm_bridge.cli import click_words, main
from suitecrm_bridge.cli.translated import Group, Option


def children(command):
    return command.list_commands(click.Context(command)) if isinstance(command, Group) else []


def commands(group=main, path=()):
    """Every command with its path, groups included."""
    yield path, group
    for name in children(group):
        yield from commands(group.get_command(click.Context(group), name), (*path, name))


TREE = dict(commands())
OF_GROUPS = {name for path in TREE for name in path}
NAMES = [" ".join(path) for path in TREE]


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


def one_line(words):
    return " ".join(words.split())


def help_in(lang, path):
    done = run("--lang", lang, *path, "--help")
    assert done.exit_code == 0
    return one_line(done.output)


def options(command):
    """The options that are the bridge's own: click adds --help and --version."""
    own = [p for p in command.params if isinstance(p, click.Option)]
    return [p for p in own if p.name not in ("help", "version")]


def help_key(path):
    return "cli.help_" + "_".join(path or (main.name,)).replace("-", "_")


@pytest.mark.parametrize("path", TREE, ids=NAMES)
def test_the_help_of_every_command_is_in_both_languages(path):
    message = catalogue().messages[help_key(path)].other
    assert message["en"] != message["fr"]
    assert one_line(message["en"]) in help_in("en", path)
    assert one_line(message["fr"]) in help_in("fr", path)


@pytest.mark.parametrize("path", TREE, ids=NAMES)
def test_every_option_has_a_help_in_both_languages(path):
    for option in options(TREE[path]):
        assert isinstance(option, Option), option.opts
        message = catalogue().messages[f"cli.{option.key}"].other
        assert one_line(message["en"]) in help_in("en", path)
        assert one_line(message["fr"]) in help_in("fr", path)


@pytest.mark.parametrize("path", [p for p in TREE if children(TREE[p])])
def test_a_group_lists_its_commands_in_the_language_asked_for(path):
    for lang in ("en", "fr"):
        listing = help_in(lang, path)
        for name in children(TREE[path]):
            sentence = i18n.text(help_key((*path, name)), lang)
            assert sentence.split()[0] in listing


def test_the_help_is_in_the_language_of_the_environment(monkeypatch):
    monkeypatch.setenv("BRIDGE_LANG", "fr")
    assert "Lire ce qui est nouveau" in one_line(run("pull", "--help").output)


def test_help_needs_no_settings_that_can_be_read(monkeypatch):
    monkeypatch.setenv("BRIDGE_RETRIES", "many")
    done = run("sync", "--help")
    assert done.exit_code == 0


def test_the_short_form_of_help_is_known():
    assert run("-h").output == run("--help").output


def test_the_version_is_told():
    done = run("--version")
    assert (done.exit_code, done.output) == (0, f"suitecrm-bridge {__version__}\n")


def test_a_language_that_is_not_known_is_refused():
    done = run("--lang", "de", "sync")
    assert done.exit_code == 2
    assert "'de'" in done.stderr


def test_a_day_that_is_none_is_refused_in_the_users_language():
    assert "2026-03-31" in run("sync", "--as-of", "31/03/2026").stderr
    assert "n'est pas une date" in run("--lang", "fr", "score", "--as-of", "2026-02-30").stderr


WIDTH = 80


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", TREE, ids=NAMES)
def test_the_help_fits_80_columns_and_each_command_one_line(path, lang, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    lines = run("--lang", lang, *path, "--help").output.splitlines()
    assert max(map(len, lines)) <= WIDTH
    summaries = [line for line in lines if line.split()[:1] and line.split()[0] in OF_GROUPS]
    assert [line for line in summaries if line.endswith("...")] == []
    assert len(summaries) >= len(list(children(TREE[path])))


@pytest.mark.parametrize("path", TREE, ids=NAMES)
def test_the_help_of_a_command_has_no_english_word_of_click_in_french(path):
    words = {"Usage:", "Options:", "Commands:", "Show this", "Show the version", "[default:"}
    english, french = help_in("en", path), help_in("fr", path)
    said = {word for word in words if word in english}
    assert {word for word in said if word in french} <= {"Options:"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope"], "La commande 'nope' n'existe pas."),
        (["sync", "--nope"], "L'option '--nope' n'existe pas."),
        (["sync", "--as-of"], "L'option '--as-of' demande une valeur."),
        (["sync", "--format", "pdf"], "n'est pas l'une des valeurs"),
        (["customers", "--limit", "x"], "Valeur non valable pour '--limit'"),
        (["sync", "too", "much"], "Arguments en trop"),
        (["customer"], "Il manque l'argument"),
    ],
)
def test_an_error_in_the_command_line_is_told_in_french(arguments, words):
    done = run("--lang", "fr", *arguments)
    assert done.exit_code == 2
    assert words in one_line(done.output).replace("\xa0", " ")
    assert "Erreur" in done.output
    assert not {"Error", "Try"} & set(done.output.split())


def said_by_click():
    """What click's files say to people, as they stand there."""
    for file in click_words.FILES:
        for node in ast.walk(ast.parse(inspect.getsource(file))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
                yield from (a.value for a in node.args if isinstance(a, ast.Constant))


FOR_PROGRAMMERS = {
    "deprecated",
    "env var: {var}",
    "(dynamic)",
    "d",
    "Press any key to continue...",
    "Value must be an iterable.",
    "%(prog)s, version %(version)s",
    "Show the version and exit.",
    "Show this message and exit.",
    "Choice({choices})",
}
"""Starts of words that no command of ours can lead to."""


def test_all_that_click_says_to_people_is_known_in_french():
    known = {m.other["en"] for key, m in catalogue().messages.items() if key.startswith("click.")}
    words = {w for w in said_by_click() if isinstance(w, str)} - known - FOR_PROGRAMMERS
    programmers = (
        "Deprecation",
        "Could not determine",
        "No options defined",
        "Arguments take",
        "Name '",
        "Boolean option",
        "Unknown color",
        "Invalid start",
        "Takes {",
        "{value!r} does not match",
        "{len_type}",
        "{value!r} is not a valid UUID",
        "{name} {filename!r} is not executable",
    )
    assert {word for word in words if not word.startswith(programmers)} == set()
