"""One session of Spark for all tests of a process, set up for little data; see CONTRIBUTING.md."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from spark_session import for_few_rows

needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs PySpark and Java: pip install 'suitecrm-bridge[spark]'",
)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    session = for_few_rows("local[2]", tmp_path_factory.mktemp("spark"))
    yield session
    session.stop()


def largest_shares(session: Any, fewest: int) -> list[float]:
    """Return of each stage that was sent that many rows the part that its largest task got."""
    context = session.sparkContext
    store = context._jsc.sc().statusStore()
    none = context._jvm.java.util.ArrayList()
    quantiles = context._gateway.new_array(context._jvm.double, 0)
    stages = store.stageList(none, False, False, quantiles, none)
    sizes = [_sizes(store, stages.apply(place)) for place in range(stages.size())]
    return [max(rows) / sum(rows) for rows in sizes if sum(rows) >= fewest]


def _sizes(store: Any, stage: Any) -> list[int]:
    """How many rows other tasks sent to each task of a stage."""
    tasks = store.taskList(stage.stageId(), stage.attemptId(), 1000)
    known = (tasks.apply(place).taskMetrics() for place in range(tasks.size()))
    return [one.get().shuffleReadMetrics().recordsRead() for one in known if one.isDefined()]
