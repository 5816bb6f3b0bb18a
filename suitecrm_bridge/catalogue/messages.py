"""The texts: each in every language, those about faults in parts."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.languages import LANGUAGES, Translated
from suitecrm_bridge.catalogue.model import Fault, Message
from suitecrm_bridge.catalogue.tables import Table, read, translated

SOURCES = ("network", "proxy", "web_server", "suitecrm", "package")
"""Who may say that something is wrong, on the way from the bridge into SuiteCRM."""


def messages(folder: Traversable) -> dict[str, Message]:
    """Return the texts of every file in `folder` by "file.name".

    Raises:
        CatalogueError: a text lacks a language or a part, or has one that is not known.
    """
    found: dict[str, Message] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for name, value in read(file).items():
            key = f"{file.name.removesuffix('.toml')}.{name}"
            table = Table(f"messages/{file.name}", name, value)
            found[key] = _fault(key, table) if table.has("who") else _message(key, table)
    return found


def _message(key: str, table: Table) -> Message:
    table.allow({*LANGUAGES, "one"})
    given = dict(table.items())
    texts = {lang: text for lang, text in given.items() if lang in LANGUAGES}
    one = translated(f"{table.where}: one", given["one"]) if table.has("one") else None
    return Message(key=key, other=translated(table.where, texts), one=one)


def _fault(key: str, table: Table) -> Message:
    table.allow({"who", "seen", "why", "remedy"})
    seen = table.translated("seen")
    why, remedy = (table.translated(n) if table.has(n) else None for n in ("why", "remedy"))
    told = [part for part in (seen, why, remedy) if part is not None]
    return Message(
        key=key,
        other=Translated.joined(told),
        fault=Fault(table.choice("who", SOURCES), seen, why, remedy),
    )
