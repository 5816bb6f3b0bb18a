"""The commands that documents show, as whoever copies them would type them."""

import ast
import re
import shlex
from functools import cache
from pathlib import Path

import click

from suitecrm_bridge.cli import main
from suitecrm_bridge.cli.app import App

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/examples/*.py")])
PROGRAMS = ("suitecrm-bridge", "python -m suitecrm_bridge", "bridge/bin/suitecrm-bridge")
_SHOWN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_PLACEHOLDER = re.compile(r"[A-Z_…]{2,}|\.\.\.|…|<[^>]+>|\[.*|\*.*")
_REMARK = re.compile(r"\s{2,}|\s#|\s→")


def lines(page):
    """Yield (number, command, whether it stands in a block) of each command of a page."""
    fenced = False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
        bare = line.strip()
        if bare.startswith("```"):
            fenced = not fenced
        if bare.startswith((*PROGRAMS, "python scripts/")) and (fenced or line.startswith("    ")):
            yield number, _REMARK.split(bare)[0], True
        else:
            for shown in _SHOWN.findall(line):
                if shown.startswith((*PROGRAMS, "python scripts/")):
                    yield number, shown, False


def words_of(command):
    """Return what comes after the program; for a shell, an apostrophe may stand alone."""
    for program in PROGRAMS:
        if command.startswith(program):
            # Behind it stands what a command takes in general, which click itself wrote.
            asked = command[len(program) :].partition("[OPTIONS]")[0]
            asked = re.split(r"\s[>|;]|&&", asked)[0]
            return shlex.split(asked.replace("\\", "/").replace("’", ""))
    return None


def checked(words):
    """Return the path of the command that `words` ask for; an error says what it does not know."""
    group, path = main, ()
    while True:
        words = [word for word in words if not _is_redirect(word)]
        context = _context(group, words, path)
        if not isinstance(group, click.Group):
            return path
        left = [*context._protected_args, *context.args]
        if not left or _PLACEHOLDER.fullmatch(left[0]):
            return path
        name, found, words = group.resolve_command(context, left)
        group, path = found, (*path, name)


def _context(command, words, path):
    try:
        name = path[-1] if path else "suitecrm-bridge"
        return command.make_context(name, [*words], obj=App())
    except click.exceptions.Exit:
        return click.Context(command)
    except click.exceptions.NoArgsIsHelpError:
        return click.Context(command)
    except click.MissingParameter:
        # Prose names a command, or an option, without all that it needs.
        return click.Context(command)
    except click.BadParameter as error:
        shown = re.findall(r"'([^']*)'", error.message)
        if any(_PLACEHOLDER.fullmatch(one) or "/" in one or "." in one for one in shown):
            return click.Context(command)
        if isinstance(error.param, click.Argument) or "exist" in error.message:
            return click.Context(command)
        raise


def _is_redirect(word):
    return word in (">", "|", "&&", ";")


@cache
def run_by_tests():
    """Return the texts that tests hand on side by side, as one line each."""
    found = set()
    for file in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            parts = getattr(node, "args", None) or getattr(node, "elts", None)
            if isinstance(parts, list):
                texts = [str(one.value) for one in parts if isinstance(one, ast.Constant)]
                found.add(f" {' '.join(texts)} ")
                found |= {f" {one} " for one in texts}
    return found
