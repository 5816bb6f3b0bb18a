"""CDNOW, the published purchases of 23,570 customers; its file ships with the package lifetimes.

The file is read by its path: importing the package is not needed and raises warnings.
"""

from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pandas as pd
import pytest

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.catalogue import catalogue

AS_OF = date(1998, 6, 30)
MASTER = "lifetimes/datasets/CDNOW_master.txt"


@pytest.fixture(scope="module")
def purchases() -> pd.DataFrame:
    try:
        file = Path(str(distribution("lifetimes").locate_file(MASTER)))
    except PackageNotFoundError:
        pytest.skip("lifetimes is not installed")
    lines = [line.split() for line in file.read_text(encoding="ascii").splitlines()]
    # A line of names may stand at the top; the columns are customer, day, CDs, amount.
    rows = [
        (line[0], f"{line[1][:4]}-{line[1][4:6]}-{line[1][6:]}", line[3])
        for line in lines
        if line[0].isdigit()
    ]
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


@pytest.fixture(scope="module")
def result(purchases: pd.DataFrame) -> pd.DataFrame:
    return rfm.score(purchases, AS_OF)


def test_every_customer_of_cdnow_gets_one_row(result: pd.DataFrame) -> None:
    assert len(result) == result["customer_id"].nunique() == 23_570


def test_all_who_bought_once_share_the_lowest_frequency(result: pd.DataFrame) -> None:
    once = result[result["purchase_count"] == 1]
    assert 0.5 < len(once) / len(result) < 0.52
    assert set(once["rfm_frequency"]) == {1}


def test_nobody_lands_in_the_fifth_that_the_ties_swallow(result: pd.DataFrame) -> None:
    ranked = result.dropna(subset=["rfm_frequency"])
    assert set(ranked["rfm_frequency"]) == {1, 3, 4, 5}


def test_equal_facts_get_equal_scores(result: pd.DataFrame) -> None:
    for fact, axis in [("last_purchase", "recency"), ("purchase_count", "frequency")]:
        assert result.groupby(fact)[f"rfm_{axis}"].nunique().max() == 1


def test_every_buyer_is_in_the_segment_of_his_cell(result: pd.DataFrame) -> None:
    ranked = result.dropna(subset=["rfm_recency"])
    cells = zip(ranked["rfm_recency"], ranked["rfm_frequency"], strict=True)
    assert ranked["rfm_segment"].tolist() == [catalogue().segment_of_cell[cell] for cell in cells]


def test_shuffling_cdnow_moves_nobody(purchases: pd.DataFrame, result: pd.DataFrame) -> None:
    shuffled = purchases.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(rfm.score(shuffled, AS_OF), result)
