import inspect
import re

import pytest

from suitecrm_bridge import errors

LINE = re.compile(
    r"^(?P<indent>[│├└ ]*)(?P<names>[A-Z]\w+(?: · [A-Z]\w+)*)(?:\s+exit (?P<exit>\d+))?"
)


def drawn_tree():
    """Read the drawing at the top of errors.py: (class, parent, exit code) of each line."""
    rows, stack = [], []
    for line in inspect.cleandoc(errors.__doc__).splitlines():
        found = LINE.match(line)
        if not line.startswith("    ") or not found:
            continue
        depth = (len(found["indent"]) - 4) // 2
        del stack[depth:]
        parent, inherited = stack[-1] if stack else ("Exception", None)
        code = int(found["exit"]) if found["exit"] else inherited
        rows += [(name, parent, code) for name in found["names"].split(" · ")]
        stack.append((rows[-1][0], code))
    return rows


def real_tree():
    classes = [c for c in vars(errors).values() if inspect.isclass(c)]
    return [(c.__name__, c.__base__.__name__, c.exit_code) for c in classes]


def test_the_drawn_tree_is_the_real_one():
    assert sorted(drawn_tree()) == sorted(real_tree())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("BridgeError", 1),
        ("SettingError", 2),
        ("AuthenticationError", 3),
        ("AccessDenied", 3),
        ("CrmUnreachable", 4),
        ("UpgradeError", 5),
        ("NotFound", 6),
        ("WriteBackError", 7),
        ("LockedError", 8),
    ],
)
def test_an_exit_code_stays_what_scripts_rely_on(name, code):
    assert getattr(errors, name).exit_code == code


def test_every_error_has_its_message():
    for name, _, _ in real_tree():
        assert str(getattr(errors, name)("what is wrong")) == "what is wrong"


def test_an_error_of_the_crm_keeps_what_the_server_said():
    error = errors.UnknownField("no field", status=400, detail="Invalid field", module="Contacts")
    assert (error.status, error.detail, error.module) == (400, "Invalid field", "Contacts")


def test_a_request_for_a_pause_keeps_its_length():
    error = errors.RateLimited("slow down", retry_after=2.5, status=429)
    assert (error.status, error.retry_after, error.module) == (429, 2.5, None)


def test_a_failure_of_the_server_keeps_status_and_pause():
    error = errors.ServerFailure("down", status=503, retry_after=30)
    assert (error.status, error.retry_after) == (503, 30)
