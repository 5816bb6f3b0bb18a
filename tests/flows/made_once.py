"""Bases are made once: whatever process of a run was first, the others take what it made."""

import pickle
import tempfile
from functools import cache, wraps
from inspect import signature
from pathlib import Path


def made_once(make):
    """Let what `make` returns for a folder be made once; two at the same time use each its own."""

    @cache
    def known(folder, *given):
        told = folder / f"{'-'.join([make.__name__, *map(str, given)])}.pickle"
        if not told.exists():
            made = own_place(folder) / told.name
            made.write_bytes(pickle.dumps(make(folder, *given)))
            made.replace(told)
        return pickle.loads(told.read_bytes())

    @wraps(make)
    def taken(*given, **named):
        # Only with its defaults filled in is a call the same call to the cache.
        asked = signature(make).bind(*given, **named)
        asked.apply_defaults()
        return known(*asked.args)

    return taken


def own_place(folder: Path) -> Path:
    """Return a new folder within `folder`."""
    return Path(tempfile.mkdtemp(dir=folder))
