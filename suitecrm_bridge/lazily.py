"""Packages whose names are imported when somebody asks for them.

A command that only says how it is used would otherwise import everything that any command uses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, files: Mapping[str, str]) -> Callable[[str], Any]:
    """Return what a package may call `__getattr__`: it finds names in the package's files.

    No file may be called as a name that is found in it, or the name would be the file.

    Args:
        package: the package's `__name__`.
        files: by file the names that the package offers from it, with spaces between them.
    """
    places = {name: file for file, names in files.items() for name in names.split()}

    def found(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{places[name]}"), name)
        # Asked for once; the package has it from then on.
        setattr(sys.modules[package], name, value)
        return value

    return found
