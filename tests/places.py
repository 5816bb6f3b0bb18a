"""The same promise at many places: people try one, CI a few, `--long` all."""

import hypothesis
import pytest

EXAMPLES = {"everybody": 4, "ci": 6, "long": 12}
"""How many examples a fuzzed test takes, by profile."""


def examples(most):
    """Return how many examples a test takes that asks for `most` with --long.

    Fuzzing takes hundreds by hand: pytest --hypothesis-profile=thorough
    """
    asked = hypothesis.settings.default.max_examples
    return max(2, most * asked // EXAMPLES["long"])


def places(cases, *, every=None):
    """Return the cases: the first for everybody, each `every`th a story, the others long."""
    return [
        case
        if number == 0
        else pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=pytest.mark.long if every is None or number % every else pytest.mark.story,
        )
        for number, case in enumerate(cases)
    ]


def stories(cases, *, but):
    """Return named cases as parameters; all are stories but those in `but`, which everybody plays.

    Args:
        cases: the parameters by their names.
        but: names.
    """
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            id=name,
            marks=[] if name in but else [pytest.mark.story],
        )
        for name, case in cases.items()
    ]


def paths(usual, *, other=pytest.mark.long):
    """Return whether the routes are fast, as parameters; the path that is not `usual` is marked.

    Everybody plays the path on which there is more to go wrong; the other one is long, or a story
    where reading and writing are what is tried.
    """
    return [
        pytest.param(fast, id=name, marks=[] if name == usual else [other])
        for name, fast in (("stock", False), ("fast", True))
    ]
