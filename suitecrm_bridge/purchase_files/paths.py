"""Which files a path means, on Windows as elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from glob import glob
from pathlib import Path
from typing import Literal

from suitecrm_bridge.errors import DataError, NotFound
from suitecrm_bridge.i18n import text

Form = Literal["parquet", "csv"]
FORMS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv"}


def form_of(file: Path) -> Form:
    """Return the form that a file's name tells.

    Raises:
        DataError: it tells none.
    """
    form = FORMS.get(file.suffix.lower())
    if form is None:
        raise DataError(text("purchase_files.no_form", file=file, forms=", ".join(FORMS)))
    return form


def found(path: str) -> list[Path]:
    """Return the files that are meant by a path, in order.

    Args:
        path: of a file, of a folder (its files of Parquet and CSV, deeper ones too), or with
            `*`, `?`, `[…]` or `**` in it.

    Raises:
        NotFound: there is none.
        DataError: a file that was named has neither form.
    """
    place = Path(path)
    if place.is_file():
        files = [place]
        form_of(place)
    elif place.is_dir():
        files = list(_within(place))
    else:
        matching = glob(path, recursive=True)  # noqa: PTH207 — of a path with a drive, too
        files = [file for file in map(Path, matching) if file.is_file()]
        for file in files:
            form_of(file)
    if not files:
        raise NotFound(text("purchase_files.none", path=path, forms=", ".join(FORMS)))
    return sorted(file.absolute() for file in files)


def _within(folder: Path) -> Iterator[Path]:
    """Leave out what programs leave beside data: `_SUCCESS`, `.part.crc`."""
    for file in folder.rglob("*"):
        inside = file.relative_to(folder).parts
        if (
            file.suffix.lower() in FORMS
            and not any(part.startswith((".", "_")) for part in inside)
            and file.is_file()
        ):
            yield file
