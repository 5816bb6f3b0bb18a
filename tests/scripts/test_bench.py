import bench_timing
import pytest
from bench_timing import CannotDo, Task


class Clock:
    """Moves only while a contender works."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def taking(self, seconds, items=None):
        def work():
            self.now += seconds
            return items

        return work


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(bench_timing.time, "perf_counter", clock)
    return clock


def timed(task, repeat=2):
    (result,) = bench_timing.run([task], repeat)
    return result


def test_a_contender_that_takes_a_tenth_is_ten_times_as_fast(clock):
    result = timed(Task("read", ("slow", clock.taking(10)), [("quick", clock.taking(1))]))
    assert [result.ratio(one) for one in result.timings] == [1, 10]


def test_contenders_that_do_different_numbers_are_compared_by_the_item(clock):
    slow, quick = clock.taking(10, 100), clock.taking(10, 1000)
    result = timed(Task("read", ("slow", slow), [("quick", quick)]))
    assert result.ratio(result.timings[1]) == 10


def test_the_rounds_take_turns():
    order = []
    timed(Task("t", ("a", lambda: order.append("a")), [("b", lambda: order.append("b"))]), 3)
    assert order == ["a", "b"] * 3


def test_who_cannot_do_it_is_said_to_and_does_not_stop_the_others(clock):
    def cannot():
        raise CannotDo("does not converge")

    result = timed(Task("fit", ("theirs", cannot), [("ours", clock.taking(1))]))
    assert result.ratio(result.timings[1]) is None
    assert "cannot: does not converge" in bench_timing.table([result])
    assert "ours" in bench_timing.table([result])


def test_the_figures_hold_every_round_and_the_best(clock):
    figures = timed(Task("read", ("only", clock.taking(2, 8)), [])).as_dict()
    (only,) = figures["contenders"]
    assert (only["seconds"], only["best"], only["items"], only["ratio"]) == ([2, 2], 2, 8, 1)
