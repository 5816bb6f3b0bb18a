"""The contract of the fast routes as constants of PHP classes."""

from __future__ import annotations

from suitecrm_bridge.catalogue import Routes
from suitecrm_bridge.package.constants import NAMESPACE
from suitecrm_bridge.package.php import GUARD, NOTE, literal


def limits_class(routes: Routes) -> str:
    """Return the source of the class `Limits`."""
    numbers = {**routes.limits, **routes.sizes}
    lines = [f"    public const {name.upper()} = {number};" for name, number in numbers.items()]
    known = literal(routes.limits, 1)
    every = f"    /** Those that `ping` tells. */\n    public const ALL = {known};"
    said = "Most rows of a request and bytes of an answer; bytes of a text, characters of figures."
    return _class("Limits", said, ["\n".join(lines), every])


def refusals_class(routes: Routes) -> str:
    """Return the source of the class `Refusals`."""
    known = {name: [routes.codes[code].status, code] for name, code in routes.refusals.items()}
    lines = [
        "    /** HTTP status and code of each refusal. */\n"
        f"    public const ALL = {literal(known, 1)};",
        "    /** Why a row of scores was not written: what the text is called, by code. */\n"
        f"    public const ROWS = {literal(routes.rows, 1)};",
    ]
    return _class("Refusals", "What is refused, and how.", lines)


def _class(name: str, said: str, lines: list[str]) -> str:
    body = "\n\n".join(lines)
    return (
        f"<?php\n{NOTE}\n\nnamespace {NAMESPACE}\\Api;\n\n{GUARD}\n\n"
        f"/** {said} */\nfinal class {name}\n{{\n{body}\n}}\n"
    )
