"""The time of this AWS. Retries wait on AWS; here nobody waits, and the clock goes on by what they would have waited."""

from __future__ import annotations

import threading


class Clock:
    def __init__(self):
        self.now = 0.0
        self.lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.now += seconds


class Bucket:
    """A quota of calls: so many at once, and so many more a second (Step Functions guide, "Quotas related to API action
    throttling")."""

    def __init__(self, size: float, refill: float):
        self.size, self.refill = size, refill
        self.tokens, self.filled = size, 0.0

    def take(self, now: float) -> bool:
        self.tokens = min(self.size, self.tokens + (now - self.filled) * self.refill)
        self.filled = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


clock = Clock()
