"""Find out which fields a module has where SuiteCRM does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from suitecrm_bridge.errors import AccessDenied, InvalidRequest, RetriableApiError, UnknownField


def probed(
    wanted: Iterable[str], ask: Callable[[Sequence[str]], object]
) -> tuple[list[str], list[str]]:
    """Split `wanted` into the fields that the server has and those that it has not.

    Args:
        wanted: names of fields.
        ask: asks for a small page of these fields; a refusal names some that are not there.

    Raises:
        RequestRefused: it is refused for another reason.
    """
    here, missing = list(dict.fromkeys(wanted)), list[str]()
    while here:
        try:
            ask(here)
        except (UnknownField, InvalidRequest) as error:
            named = [name for name in here if re.search(rf"\b{name}\b", error.detail)]
            if not named:
                raise
            missing += named
            here = [name for name in here if name not in named]
        except (AccessDenied, RetriableApiError):
            break  # The reading itself will say so.
        else:
            break
    return here, missing
