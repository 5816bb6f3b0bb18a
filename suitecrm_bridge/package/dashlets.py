"""The files by which SuiteCRM finds a dashlet: its class, where it is offered, and its title."""

from __future__ import annotations

from suitecrm_bridge.catalogue import Catalogue, dashlets
from suitecrm_bridge.package.constants import NAMESPACE, PACKAGE
from suitecrm_bridge.package.php import GUARD, NOTE, literal


def dashlet_files(catalogue: Catalogue) -> dict[str, str]:
    """Return the files of every dashlet by their paths in SuiteCRM's `custom` folder."""
    return {
        file: content
        for name, module in dashlets(catalogue).items()
        for file, content in _files(name, module).items()
    }


def _files(name: str, module: str) -> dict[str, str]:
    own = f"{name.title().replace('_', '')}Dashlet"
    known = f"{PACKAGE}{own}"
    offered = {
        "module": module,
        "title": "LBL_TITLE",
        "description": "LBL_DESCRIPTION",
        "icon": "",
        # Here SuiteCRM draws the module's icon; of charts it knows those of its own only.
        "category": "Module Views",
    }
    texts = "".join(
        f"    'LBL_{part.upper()}' => \\{NAMESPACE}\\Texts::get('dashlet_{name}_{part}'),\n"
        for part in ("title", "description")
    )
    contents = {
        "": "require_once 'include/Dashlets/Dashlet.php';\n\n"
        "/** Registered under this name; everything else is in the class it extends. */\n"
        f"class {known} extends \\{NAMESPACE}\\Dashlets\\{own}\n{{\n}}\n",
        ".meta": f"$dashletMeta['{known}'] = {literal(offered)};\n",
        ".en_us.lang": "// SuiteCRM falls back to this file in every language; the texts come in"
        f" the user's own.\n$dashletStrings['{known}'] = [\n{texts}];\n",
    }
    return {
        f"modules/Home/Dashlets/{known}/{known}{part}.php": f"<?php\n{NOTE}\n\n{GUARD}\n\n{content}"
        for part, content in contents.items()
    }
