"""What SuiteCRM's ModuleScanner says of a manifest, for PHP made of literals and assignments."""

import re

TOKEN = re.compile(
    r"""(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
    r"|(?P<variable>\$\w+)|(?P<word>[A-Za-z_]\w*)|(?P<space>\s+)|(?P<sign>=>|.)",
    re.DOTALL,
)
LANGUAGE = {"die": "exit / die", "exit": "exit / die", "echo": "echo", "eval": "eval"}
# The names of the list that a manifest could hold by accident.
FORBIDDEN = {
    "copy",
    "file",
    "open",
    "get",
    "link",
    "system",
    "dir",
    "exec",
    "touch",
    "stat",
    "unlink",
    "rename",
    "rewind",
    "construct",
    "consume",
    "unzip",
    "mkdir",
    "glob",
    "fopen",
    "is_file",
    "array_map",
    "usort",
    "call_user_func",
    "file_exists",
    "file_get_contents",
    "phpinfo",
}


def problems(source):
    """Return what the scanner would refuse: a name before ( or ], and statements that run."""
    found, suspect = [], None
    for match in TOKEN.finditer(source.removeprefix("<?php")):
        kind, text = match.lastgroup, match.group()
        if kind == "space":
            continue
        if kind == "sign":
            if text == "`":
                found.append("backtick")
            elif text in "(]" and suspect:
                found.append(suspect)
            suspect = None
        elif kind == "variable":
            suspect = text
        elif kind == "word" and text.lower() in LANGUAGE:
            found.append(LANGUAGE[text.lower()])
        else:
            name = text.strip("'\"").lower()
            suspect = name if name in FORBIDDEN else None
    return found
