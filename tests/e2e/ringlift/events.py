"""What a program told, in order, and waiting for it."""

import threading
import time

# Fields that may be shown in test output: none of them can hold a number, an IMSI, a code or a key.
_SHOWN = ("event", "leg", "state", "name", "end", "reason", "why", "carrier", "stay", "ok", "error", "direction", "party", "fault")


class Timeout(AssertionError):
    """What was waited for did not come."""


def now_us():
    return time.monotonic_ns() // 1000


def matches(candidate, /, **fields):
    """True when the event has all these fields; a tuple or set of values means any of them."""
    for key, wanted in fields.items():
        if key not in candidate:
            return False
        value = candidate[key]
        if isinstance(wanted, (tuple, set, frozenset)):
            if value not in wanted:
                return False
        elif value != wanted:
            return False
    return True


def describe(event):
    """One event without personal data."""
    return " ".join(f"{key}={event[key]}" for key in _SHOWN if isinstance(event.get(key), (str, bool)))


class EventLog:
    """Events of one source. One thread adds; any thread waits."""

    def __init__(self, name, remarks=lambda: "", listener=None):
        """remarks(): more to say when a wait fails, such as what the program logged last. listener(event): hears of each."""
        self.name = name
        self._listener = listener
        self._remarks = remarks
        self._events = []
        self._ended = False
        self._changed = threading.Condition()

    def add(self, event):
        event.setdefault("seen_us", now_us())
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()
        if self._listener is not None:
            self._listener(event)

    def end(self):
        """Nothing will follow."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def mark(self):
        """A place to wait or look from: what was told before does not count."""
        with self._changed:
            return len(self._events)

    def all(self, since=0, **fields):
        with self._changed:
            return [event for event in self._events[since:] if matches(event, **fields)]

    def last(self, since=0, **fields):
        """The newest such event, or None."""
        found = self.all(since, **fields)
        return found[-1] if found else None

    def find(self, wanted, since, timeout):
        """The first event since the mark for which wanted(event) holds, or None when the time is up or the source ended."""
        deadline = time.monotonic() + timeout
        position = since
        with self._changed:
            while True:
                while position < len(self._events):
                    event = self._events[position]
                    position += 1
                    if wanted(event):
                        return event
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    return None
                self._changed.wait(left)

    def wait(self, timeout=10.0, since=0, **fields):
        """The first event since the mark with these fields. Raises Timeout."""
        event = self.find(lambda event: matches(event, **fields), since, timeout)
        if event is None:
            raise Timeout(self._complaint(f"no event {describe(fields) or fields} within {timeout:g} s"))
        return event

    def expect_none(self, seconds, since=0, **fields):
        """Watches that long. Raises Timeout when such an event comes, or the source ends."""
        event = self.find(lambda event: matches(event, **fields), since, seconds)
        if event is not None:
            raise Timeout(self._complaint(f"unexpected: {describe(event)}"))
        with self._changed:
            ended = self._ended
        if ended:
            raise Timeout(self._complaint("ended while it was watched"))

    def _complaint(self, text):
        with self._changed:
            tail = [describe(event) for event in self._events[-12:]]
            state = " (it has ended)" if self._ended else ""
        return f"{self.name}{state}: {text}; the last it told:\n  " + "\n  ".join(tail) + self._remarks()
