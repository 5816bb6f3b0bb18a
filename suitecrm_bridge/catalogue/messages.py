"""The texts: each in every language, those about faults in parts; read file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.languages import LANGUAGES, Translated
from suitecrm_bridge.catalogue.model import Fault, Message
from suitecrm_bridge.catalogue.tables import Table, read, translated

SOURCES = ("network", "proxy", "web_server", "suitecrm", "package")
"""Who may say that something is wrong, on the way from the bridge into SuiteCRM."""


class Messages(Mapping[str, Message]):
    """The texts of the files in a folder by "file.name"; a file is read when a text of it is asked.

    Raises:
        CatalogueError: a text of that file lacks a language or a part, or has one that is not
            known.
    """

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._files: dict[str, dict[str, Message]] = {}
        names = (entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
        self._names = sorted(name.removesuffix(".toml") for name in names)

    def of(self, name: str) -> Mapping[str, Message]:
        """Return the texts of one file, none where there is no such file."""
        if name not in self._files:
            self._files[name] = self._read(name) if name in self._names else {}
        return self._files[name]

    def _read(self, name: str) -> dict[str, Message]:
        found: dict[str, Message] = {}
        for text, value in read(self._folder / f"{name}.toml").items():
            key, table = f"{name}.{text}", Table(f"messages/{name}.toml", text, value)
            found[key] = _fault(key, table) if table.has("who") else _message(key, table)
        return found

    def __getitem__(self, key: str) -> Message:
        return self.of(key.partition(".")[0])[key]

    def __iter__(self) -> Iterator[str]:
        for name in self._names:
            yield from self.of(name)

    def __len__(self) -> int:
        return sum(len(self.of(name)) for name in self._names)


@cache
def shipped_messages() -> Messages:
    """Return the texts that ship with the bridge."""
    return Messages(files("suitecrm_bridge.catalogue") / "data" / "messages")


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
