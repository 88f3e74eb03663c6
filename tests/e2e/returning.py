"""Return to cellular: the Internet is cut in the middle of a moved call, and the two speak by phone again."""

from ringlift.events import now_us
from ringlift.trace import CallTrace

MOST_SECONDS = 8.0
_SPEECH_SECONDS = 1.0


class Returns:
    """Calls of one world that move, lose the Internet, and go on by phone."""

    def __init__(self, world):
        self._world = world
        self._caller, self._callee = world.caller, world.callee
        self._caller.phone.ask("settings", redial_automatically_in_call=True)

    def run(self):
        """One call; how long after the cut both heard each other by phone again, in seconds. Raises AssertionError."""
        world, phones = self._world, [person.phone for person in self._world.people]
        world.renew_internet()
        self._caller.restart()
        history = [len(phone.ask("history")["history"]) for phone in phones]
        trace = CallTrace(world.network, *phones)
        self._move(trace)
        for person in world.people:
            person.voice.forget()
        since = [phone.mark() for phone in phones]
        cut_us = now_us()
        world.cut_internet()
        heard = [self._caller.voice.wait_tone(self._callee.hertz, cut_us, 15),
                 self._callee.voice.wait_tone(self._caller.hertz, cut_us, 15)]
        for phone in phones:
            if phone.events.last(event="audio", leg="ip")["capturing"]:
                raise AssertionError(f"{phone.name} speaks over both networks")
        self._finish(phones, since)
        self._check_history(phones, history)
        return (max(heard) - cut_us) / 1_000_000

    def _move(self, trace):
        """Dials, answers, and lets them talk over the Internet until nothing passes through the modems."""
        caller, callee = trace.caller, trace.callee
        self._caller.modem.dial(self._callee.number)
        callee.wait_ring(trace.since(callee))
        callee.ask("answer")
        for phone in (caller, callee):
            phone.wait(15, trace.since(phone), event="firstaudio", leg="ip")
        callee.wait(15, trace.since(callee), event="milestone", name="leg_bound")
        self._world.network.wait_leg(self._callee.number, "ended", trace.network_since)
        caller.events.expect_none(_SPEECH_SECONDS, trace.since(caller), event="end")

    def _finish(self, phones, since):
        phones[0].hang_up()
        for phone, mark in zip(phones, since):
            phone.events.wait(15, mark, event="end", continued=False)
        self._world.network.wait_idle()

    @staticmethod
    def _check_history(phones, before):
        """One entry more, of a call that was answered and had moved."""
        for phone, count in zip(phones, before):
            entries = phone.ask("history")["history"]
            if len(entries) != count + 1:
                raise AssertionError(f"{phone.name} keeps {len(entries) - count} entries of one conversation")
            if not (entries[0]["answered"] and entries[0]["moved"]):
                raise AssertionError(f"{phone.name} keeps of it neither that it was answered nor that it moved")
