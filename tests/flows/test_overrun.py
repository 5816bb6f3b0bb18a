"""The CRM is never overrun."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

PARALLEL = 2


class Counter:
    """Counts the requests under way, and lets each wait until as many as may are."""

    def __init__(self, answer):
        self.answer = answer
        self.lock = Lock()
        self.gate = Barrier(PARALLEL, timeout=30)
        self.now = self.most = 0

    def __call__(self, request):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.gate.wait()
        with self.lock:
            self.now -= 1
        return self.answer(request)


def test_no_more_requests_are_under_way_than_the_setting_says(empty):
    with empty.context(BRIDGE_PARALLEL=str(PARALLEL)) as context:
        context.crm.current_user()
        counter = Counter(empty.sandbox.app.answer)
        empty.sandbox.app.answer = counter
        with ThreadPoolExecutor(4 * PARALLEL) as pool:
            asked = [pool.submit(context.crm.current_user) for _ in range(4 * PARALLEL)]
        for future in asked:
            future.result()
        empty.sandbox.app.answer = counter.answer
    assert counter.most == PARALLEL
