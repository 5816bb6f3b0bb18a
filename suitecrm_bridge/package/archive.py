"""The zip for SuiteCRM's Module Loader."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.package.generating import generated
from suitecrm_bridge.package.manifest import manifest

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "tree"
_CHECKOUT = _HERE.parent.parent

_AT_THE_TOP = ("scripts", "extensions")
"""The installer's scripts, and what SuiteCRM 8 has beside its legacy part."""

# What a zip says of a file besides its content must not depend on the machine that made it.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def build(folder: Path, source: Path | None = None, rules: Rules | None = None) -> Path:
    """Write suitecrm-bridge-<version>.zip into `folder`; same sources, same bytes.

    Args:
        folder: where the zip goes; made if it is not there.
        source: folder that holds LICENSE and custom/ (default: the project's own).
        rules: those that it is to know; default, the shipped ones.

    Raises:
        CatalogueError: an installation's own rules cannot be used.
        StoreError: the sources are missing, or the zip cannot be written.
    """
    content = contents(rules or Rules(), source or _source())
    target = folder / f"suitecrm-bridge-{__version__}.zip"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(target, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(text("build.cannot_write", folder=folder, reason=reason)) from error
    return target


def contents(rules: Rules, source: Path) -> dict[str, bytes]:
    """Return every file of the package by its path in the zip."""
    tree = source / "custom"
    if not tree.is_dir():
        raise StoreError(text("build.no_tree", folder=tree))
    files = {_in_zip(path.relative_to(tree)): _clean(path) for path in _files(tree)}
    made = {f"custom/{name}": content for name, content in generated(rules).items()}
    readme = (_HERE / "readme.txt").read_text(encoding="utf-8").format(version=__version__)
    made |= {"manifest.php": manifest(rules.catalogue), "README.txt": readme}
    return {
        **files,
        **{name: content.encode() for name, content in made.items()},
        "LICENSE.txt": _clean(source / "LICENSE"),
    }


def _source() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def _files(tree: Path) -> list[Path]:
    return [
        path
        for path in tree.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(tree).parts)
    ]


def _in_zip(path: Path) -> str:
    """Return a path as it stands in the zip: what is not for `custom` lies at the top."""
    return path.as_posix() if path.parts[0] in _AT_THE_TOP else f"custom/{path.as_posix()}"


def _clean(path: Path) -> bytes:
    """Return a file with the line ends of the repository, whatever git made of them."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _write(target: Path, content: Mapping[str, bytes]) -> None:
    # Not compressed: each version of zlib would make other bytes of the same files.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, content[name])
