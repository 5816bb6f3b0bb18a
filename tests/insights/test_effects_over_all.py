from datetime import timedelta
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.effects.assignment import held_out, period_of
from suitecrm_bridge.insights.effects_over_all import Overall, over_all
from suitecrm_bridge.mirror import Mirror
from tests.insights.test_effects import CHOICES, TODAY, bought

DAYS = 90
PERIOD = period_of(to_day(TODAY), DAYS) - 1


def people(share: float) -> pd.DataFrame:
    ids = [f"c{number}" for number in range(1_200)]
    arm = ["control" if held_out("salt", PERIOD, one, share) else "treated" for one in ids]
    return pd.DataFrame({"person": ids, "arm": arm, "since": PERIOD * DAYS})


def found(more: float, share: float = 0.2, **more_options: object) -> Overall | None:
    with Mirror.in_memory() as mirror:
        everybody = people(0.2)
        mirror.connection.register("given", bought(everybody, more))
        mirror.connection.execute(
            "INSERT INTO invoices (id, billing_contact_id, invoice_date, total_amount)"
            " SELECT id, person, day, amount FROM given"
        )
        mirror.connection.register("everybody", everybody)
        mirror.connection.execute("INSERT INTO contacts (id) SELECT person FROM everybody")
        options = {"salt": "salt", "share": share, "days": DAYS, "least": Decimal(15)}
        options |= more_options
        return over_all(mirror, CHOICES, "contacts", TODAY, **options)


def test_those_who_were_left_out_of_everything_show_what_all_programmes_bring() -> None:
    one = found(0.5).found
    assert one.stands == "works"
    assert one.earns.estimate == pytest.approx(0.5 * 5_700, rel=0.25)
    assert one.known == 1_200


def test_programmes_that_bring_nothing_together_are_not_said_to() -> None:
    assert found(0.0).found.stands in ("no_difference", "unclear")


def test_the_last_period_that_is_over_is_looked_at() -> None:
    assert to_date(PERIOD * DAYS + DAYS) <= TODAY < to_date(PERIOD * DAYS) + timedelta(2 * DAYS)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_without_a_control_over_all_nothing_is_known_of_all(share: float) -> None:
    assert found(0.5, share) is None


def test_what_the_programmes_cost_is_what_they_have_to_bring_first() -> None:
    one = found(0.0, spent=Decimal(1_200 * 50))
    assert one.declared.cost == pytest.approx(Decimal(50 * 1.25), rel=Decimal("0.1"))
    assert one.found.stands == "no_difference"


def test_the_days_of_the_period_are_said() -> None:
    one = found(0.5)
    assert (one.first, one.last) == (to_date(PERIOD * DAYS), to_date(PERIOD * DAYS + DAYS - 1))
