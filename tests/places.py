"""The same promise at many places: CI tries some of them, `--long` all."""

import pytest


def places(cases, *, every):
    """Return the cases with all but each `every`th marked as long; the first is always tried."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        if number % every
        else case
        for number, case in enumerate(cases)
    ]
