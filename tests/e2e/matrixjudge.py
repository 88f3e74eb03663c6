"""What became of a call, by what everybody told: no word of the harness about its own success.

Events are those of World.log; each has `who` and `t_us`. Beside phones, switch and wire (WireTap) there are events of who
"script": `dialled` {by, number}, `killed` and `started` {phone}, `cut` and `mended` {phone}, `no_service` and `service` {phone},
`hung_up` {by}, `voice` {phone, begin_us, end_us}, `spoke` {over}, `over`.
"""

from dataclasses import dataclass, field

MOST_GAP_US = 10_000_000
# Two notices of one moment: the modem's voice begins when the exchange says so, the app hears of it by way of the daemon.
_NOTICE_US = 100_000
_EMERGENCY = {"000", "08", "110", "112", "118", "119", "120", "122", "911", "999"}
_REFUSED = ("busy", "unreachable")
_COUNTRIES = ("+86", "+49", "0")


@dataclass
class Verdict:
    """lost: no leg and no redial for 10 s, or no conversation in the end, though both wanted one and a network was there."""
    lost: bool = False
    wrong_match: bool = False
    emergency_submitted: bool = False
    both_legs_audio: bool = False
    placed_again: bool = False  # by the phone of somebody who had hung up
    gap_ms: int = 0
    outcome: str = ""
    remarks: list = field(default_factory=list)

    @property
    def is_good(self):
        return not (self.lost or self.wrong_match or self.emergency_submitted or self.both_legs_audio
                    or self.placed_again)


def _is_emergency(number):
    national = number
    for prefix in _COUNTRIES:
        if number.startswith(prefix):
            national = number[len(prefix):]
            break
    return number.lstrip("+") in _EMERGENCY or national in _EMERGENCY


class _Side:
    """What one of the two phones is doing."""

    def __init__(self):
        self.alive = True
        self.served = True
        self.connected = True
        self.calls = {}
        self.microphone = {}  # of an Internet call that has not ended: since when it is open

    def carries(self):
        """An Internet call that stands without a cellular leg."""
        return self.alive and self.connected and any(
            call["moved"] and call["ip"] in ("proven", "alerting", "answered") for call in self.calls.values())


class Judge:
    """Of one call between two people. names: {phone: number} of the two; others: of phones that are there, too."""

    def __init__(self, names, expects="talk", others=()):
        """expects: "talk" (with each other), "leg" (the caller's leg goes on, whoever answers it), "none"."""
        self._numbers = dict(names)
        self._known = {**names, **dict(others)}
        self._expects = expects
        self._sides = {name: _Side() for name in names}
        self._legs = {}
        self._dialled = {}
        self._talks = {name: [] for name in names}
        self._down_since = None
        self._was_up = False
        self._redial_us = None
        self._excused = False
        self._has_carried = False
        self._wanted = True
        self._left = set()  # who has hung up
        self._spoke = None
        self.verdict = Verdict()

    def judge(self, events):
        now = 0
        events = [event for event in events if "t_us" in event]
        for event in sorted(events, key=lambda event: event["t_us"]):
            now = event["t_us"]
            self._take(event, now)
            self._watch(now)
        for side in self._sides.values():
            side.alive = False
        self._close_microphones(now)
        self._end(now)
        self._judge_audio(events)
        return self.verdict

    # ---- What happens

    def _take(self, event, now):
        who, kind = event["who"], event.get("event", "")
        if who == "script":
            self._script(event, kind, now)
        elif who == "switch" and kind == "leg":
            self._legs[event["leg"]] = event
            self._leg_told(event)
        elif who.startswith("wire of "):
            if kind == "said":
                self._said(event["message"], who.removeprefix("wire of "))
        elif who in self._sides:
            self._phone(event, kind, who, now)
        if kind == "match":
            self._matched(event["peer"], who)

    def _leg_told(self, leg):
        """A dial that the network itself refuses, before anything came of it, is nobody's loss."""
        if leg["direction"] == "outgoing" and leg["msisdn"] in self._numbers.values() and leg.get("end") in _REFUSED \
                and not self._has_carried:
            self._excused = True
        if leg["state"] == "active":
            self._has_carried = True

    def _script(self, event, kind, now):
        side = self._sides.get(event.get("phone"))
        if kind == "dialled":
            self._dialled.setdefault(event["by"], set()).add(event["number"])
        elif kind == "killed" and side:
            side.alive = False
            side.calls.clear()
            self._close_microphones(now)
        elif kind == "started" and side:
            side.alive = True
        elif kind in ("cut", "mended") and side:
            side.connected = kind == "mended"
        elif kind in ("no_service", "service") and side:
            side.served = kind == "service"
        elif kind == "hung_up":
            self._wanted = False
            self._left.add(event["by"])
        elif kind == "spoke":
            self._spoke = event["over"]

    def _phone(self, event, kind, who, now):
        side = self._sides[who]
        if kind == "call":
            side.calls[event["call"]] = event
            self._has_carried |= event["moved"]
            if event["ip"] == "ended":
                self._close_microphone(who, event["call"], now)
        elif kind == "end":
            side.calls.pop(event["call"], None)
            self._close_microphone(who, event["call"], now)
        elif kind == "milestone" and event["name"] == "redial":
            self._redial_us = now
            self.verdict.placed_again |= who in self._left
        elif kind == "audio" and event["leg"] == "ip":
            if event["capturing"]:
                side.microphone.setdefault(event["call"], now)
            else:
                self._close_microphone(who, event["call"], now)

    def _close_microphone(self, who, call, now):
        begin = self._sides[who].microphone.pop(call, None)
        if begin is not None:
            self._talks[who].append((begin, now))

    def _close_microphones(self, now):
        for name, side in self._sides.items():
            if not side.alive:
                for call in tuple(side.microphone):
                    self._close_microphone(name, call, now)

    def _said(self, message, who):
        number = message.get("callee", "")
        if message.get("type") == "call.offer" and number not in self._dialled.get(who, ()):
            self.verdict.remarks.append(f"{who} offered a call that nobody dialled")
            self.verdict.wrong_match = True
        if any(_is_emergency(text) for text in _texts(message)):
            self.verdict.emergency_submitted = True

    def _matched(self, peer, who):
        """Either of the two has dialled the other."""
        number = self._known.get(who)
        others = [name for name, known in self._known.items() if known == peer]
        dialled = peer in self._dialled.get(who, ()) or any(number in self._dialled.get(name, ()) for name in others)
        if not dialled:
            self.verdict.wrong_match = True
            self.verdict.remarks.append(f"{who} was matched with somebody else")

    # ---- Whether a leg is there

    def _leg_is_up(self):
        """A call that one of the two has dialled, and not for help."""
        for leg in self._legs.values():
            if leg["direction"] == "outgoing" and leg["state"] != "ended" and not leg["emergency"] \
                    and leg["msisdn"] in self._numbers.values():
                return True
        return False

    def _internet_is_up(self):
        return all(side.carries() for side in self._sides.values())

    def _watch(self, now):
        up = self._leg_is_up() or self._internet_is_up()
        if up:
            self._was_up = True
            self._close_gap(now)
            self._redial_us = None
        elif self._was_up and self._down_since is None and self._wanted:
            self._down_since = now
            # The network itself took the call, and there was nothing else yet.
            if not all(side.served for side in self._sides.values()):
                self._excused = True

    def _close_gap(self, now):
        if self._down_since is None:
            return
        end = now if self._redial_us is None else min(now, max(self._redial_us, self._down_since))
        self.verdict.gap_ms = max(self.verdict.gap_ms, (end - self._down_since) // 1000)
        self._down_since = None

    def _end(self, now):
        if self._wanted:
            self._close_gap(now)
        verdict = self.verdict
        if self._expects == "none" or not self._wanted:
            verdict.outcome = "ended"
        elif self._spoke:
            verdict.outcome = {"internet": "Internet", "cellular": "phone"}[self._spoke]
        elif self._excused:
            verdict.outcome = "no network"
        elif self._expects == "leg" and self._leg_is_up():
            verdict.outcome = "leg"
        else:
            verdict.outcome = "LOST"
            verdict.lost = True
        if 1000 * verdict.gap_ms > MOST_GAP_US and not self._excused:
            verdict.lost = True
            verdict.outcome = "LOST"

    # ---- Audio

    def _judge_audio(self, events):
        for event in events:
            if event["who"] != "script" or event.get("event") != "voice":
                continue
            for talks in self._talks.values():
                for begin, end in talks:
                    both = min(end, event["end_us"]) - max(begin, event["begin_us"])
                    if both > _NOTICE_US:
                        self.verdict.both_legs_audio = True
                        self.verdict.remarks.append(f"{both // 1000} ms of voice on both legs")


def _texts(value):
    """All strings in a message."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
