"""Faults that the sandbox may be told to have: which ones, how often, drawn from a seed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import Language, text

# Its names are listed by a command's help, which serves nothing.
if TYPE_CHECKING:
    from werkzeug.wrappers import Request

CHANCE, TIMED, STEPS, STORM = "CHANCE", "CHANCE[:SECONDS]", "SECONDS", "REQUESTS[:AFTER]"

SWITCHES: Mapping[str, tuple[str, float]] = {
    "latency": (TIMED, 0.2),
    "timeout": (TIMED, 600.0),
    "reset": (CHANCE, 0.0),
    "cut": (CHANCE, 0.0),
    "slow": (TIMED, 1.0),
    "429": (TIMED, 1.0),
    "429-date": (TIMED, 1.0),
    "500": (CHANCE, 0.0),
    "502": (CHANCE, 0.0),
    "503": (CHANCE, 0.0),
    "503-after": (TIMED, 1.0),
    "504": (CHANCE, 0.0),
    "html": (CHANCE, 0.0),
    "empty": (CHANCE, 0.0),
    "trailing": (CHANCE, 0.0),
    "expired": (CHANCE, 0.0),
    "revoked": (CHANCE, 0.0),
    "duplicate": (CHANCE, 0.0),
    "short": (CHANCE, 0.0),
    "gap": (CHANCE, 0.0),
    "late": (CHANCE, 0.5),
    "poison": (CHANCE, 0.0),
    "unreadable": (CHANCE, 0.0),
    "clock": (STEPS, 0.0),
    "storm": (STORM, 0.0),
    "save": (TIMED, 0.05),
}
"""Every switch: the form of its value, and the second number where none is given."""

NOT_DRAWN = frozenset({"latency", "late", "poison", "unreadable", "clock", "storm", "save"})
"""Switches that do not compete for a request; of the others each request has one at most."""

STEP_EVERY = 40
"""Requests between two steps of the clock."""


@dataclass(frozen=True)
class Strike:
    """What happens to one request.

    Args:
        kind: the switch that strikes, "" for none.
        late: whether it strikes when the request has taken effect, or before.
        latency: seconds of delay before anything else.
        seconds: the switch's second number.
        dice: decides what else there is to decide.
    """

    kind: str
    late: bool
    latency: float
    seconds: float
    dice: Random


class Faults:
    """A mixture of faults.

    What strikes a request depends on the seed, on the request, and on how often that request came
    before; so the order in which threads arrive changes nothing.

    Args:
        values: by switch its one or two numbers.
        seed: the same seed gives the same faults.
    """

    def __init__(self, values: Mapping[str, tuple[float, float]], seed: int = 0) -> None:
        self.seed = seed
        self.values = dict(values)
        self.counts: Counter[str] = Counter()
        drawn = {name: pair[0] for name, pair in values.items() if name not in NOT_DRAWN}
        self._names, self._bounds = [*drawn], [*accumulate(drawn.values())]
        self._seen: Counter[bytes] = Counter()
        self._requests = 0
        self._lock = threading.Lock()

    @classmethod
    def parse(cls, words: str, seed: int = 0) -> Faults:
        """Read a mixture such as "latency=0.05:0.2,reset=0.02".

        Raises:
            SettingError: a switch is not known, its value has another form, or the chances add up
                to more than one.
        """
        values = dict(_entry(part.strip()) for part in words.split(",") if part.strip())
        faults = cls(values, seed)
        if faults._bounds and faults._bounds[-1] > 1:
            raise SettingError(text("sandbox.faults_above_one", sum=faults._bounds[-1]))
        return faults

    @classmethod
    def random(cls, seed: int) -> Faults:
        """Return the mixture of a seed: some switches, each with some chance.

        One request in five fails at most, so that a client which tries again gets through.
        """
        dice = Random(f"mixture {seed}")  # noqa: S311 (faults, no secrets)
        chosen = [name for name in SWITCHES if dice.random() < 0.4]
        values = {name: (_some(dice, name), _SHORT.get(name, 0.0)) for name in chosen}
        return cls(values, seed)

    @property
    def on(self) -> bool:
        """Whether there is any."""
        return bool(self.values)

    @property
    def offset(self) -> timedelta:
        """By how much the clock is wrong at this moment."""
        most, _ = self.values.get("clock", (0.0, 0.0))
        if not most:
            return timedelta()
        dice = self._dice("clock", self._requests // STEP_EVERY)
        return timedelta(seconds=round(dice.uniform(-most, most)))

    def strike(self, request: Request) -> Strike:
        """Draw what happens to a request."""
        sent = [request.method, request.full_path, request.get_data(as_text=True)]
        identity = sha256("\0".join(sent).encode()).digest()
        with self._lock:
            place, self._requests = self._requests, self._requests + 1
            before, self._seen[identity] = self._seen[identity], self._seen[identity] + 1
        dice = self._dice(identity.hex(), before)
        kind = self._kind(dice.random())
        late = dice.random() < self.values.get("late", (SWITCHES["late"][1],))[0]
        chance, delay = self.values.get("latency", (0.0, 0.0))
        latency = delay if dice.random() < chance else 0.0
        if self._stormy(place):
            kind, late = dice.choice(("reset", "503")), False
        return Strike(kind, late, latency, self.values.get(kind, (0.0, 0.0))[1], dice)

    def marked(self, switch: str, id_: str) -> bool:
        """Whether a record is one of those that a switch has chosen for good."""
        chance, _ = self.values.get(switch, (0.0, 0.0))
        return chance > 0 and self._dice(f"{switch} {id_}", 0).random() < chance

    def count(self, kind: str) -> None:
        """Note that a fault struck."""
        with self._lock:
            self.counts[kind] += 1

    def _kind(self, drawn: float) -> str:
        names = zip(self._names, self._bounds, strict=True)
        return next((name for name, bound in names if drawn < bound), "")

    def _stormy(self, place: int) -> bool:
        length, after = self.values.get("storm", (0.0, 0.0))
        return after <= place < after + length

    def _dice(self, what: str, number: int) -> Random:
        return Random(f"{self.seed} {number} {what}")  # noqa: S311 (faults, no secrets)


NO_FAULTS = Faults({})


@dataclass
class Switchboard:
    """The faults in force, which may be exchanged at any time."""

    faults: Faults = NO_FAULTS

    def clock(self, right: Callable[[], datetime]) -> Callable[[], datetime]:
        """Return a clock that is as wrong as the faults say."""
        return lambda: right() + self.faults.offset

    def saving(self, id_: str) -> float:
        """Return the seconds that saving a record takes longer than usual."""
        if not self.faults.marked("save", id_):
            return 0.0
        self.faults.count("save")
        return self.faults.values["save"][1]


def described(lang: Language | None = None) -> list[str]:
    """Return a line on every switch: name, form of the value, meaning."""
    lines = []
    for name, (form, _) in SWITCHES.items():
        key = name.replace("-", "_")
        lines.append(f"`{name}={form}`: {text(f'sandbox.fault_{key}', lang)}")
    return lines


_SHORT = {"latency": 0.02, "timeout": 30.0, "slow": 0.05, "save": 0.02}
"""Seconds in a mixture that chance has made; a Retry-After is then of no seconds."""
_MOST = {"timeout": 0.001, "late": 1.0, "clock": 120.0, "storm": 40.0, "unreadable": 0.003}


def _some(dice: Random, name: str) -> float:
    most = _MOST.get(name, 0.02)
    return float(dice.randint(1, int(most))) if most > 1 else round(dice.uniform(0, most), 5)


def _entry(part: str) -> tuple[str, tuple[float, float]]:
    name, _, value = part.partition("=")
    if name not in SWITCHES:
        raise SettingError(text("sandbox.unknown_fault", name=name, known=", ".join(SWITCHES)))
    form, second = SWITCHES[name]
    try:
        numbers = [float(number) for number in value.removeprefix("±").split(":")]
    except ValueError:
        numbers = []
    highest = 1.0 if form in (CHANCE, TIMED) else 1e9
    fits = 1 <= len(numbers) <= (1 if form in (CHANCE, STEPS) else 2)
    if not fits or not all(0 <= number <= 1e9 for number in numbers) or numbers[0] > highest:
        raise SettingError(text("sandbox.bad_fault", name=name, value=value, form=form))
    return name, (numbers[0], numbers[1] if len(numbers) > 1 else second)
