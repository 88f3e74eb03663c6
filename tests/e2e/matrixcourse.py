"""The course of one case of the kill matrix: a call, a fault, what becomes of it, and everything in its place again."""

from concurrent.futures import ThreadPoolExecutor
import json
import os
from pathlib import Path
import tempfile

from matrixcases import PHASES, TALK_SECONDS
from matrixfaults import STRANGER, DaemonKilled, ModemLost, SimSwapped
from matrixjudge import Judge
from matrixpeople import People
from ringlift.events import Timeout, matches, now_us

_REACH_SECONDS = 15
_SETTLED_SECONDS = 2.0  # what follows from a fault shows by then, or keeps them from speaking
_CONVERSATION_SECONDS = 30
_LEG_SECONDS = 6.0  # by then the call has gone where it goes
_AFTER_HANG_UP_SECONDS = 9.0  # by then a phone that took it for a loss would have called again
_QUIET_SECONDS = 0.3
_LOOK_SECONDS = 0.25
_PROOF_SECONDS = 0.8


class Course:
    """run() tells the verdict. Raises AssertionError when the world was not in order, before or after."""

    def __init__(self, world, case, fault):
        self._world = world
        self._case = case
        self._fault = fault
        self._mark = world.log.mark()
        special = case.special
        strangers = {STRANGER} if special else {STRANGER, *world.others.values()}
        self._people = People(world, self._mark, strangers, special.silent if special else ())
        self._expects = special.expects if special else "talk"
        self._struck_us = None
        self._followed = False
        self._digits = 0

    def run(self):
        world = self._world
        try:
            for person in world.people:
                person.voice.forget()
            self._known_caller(self._case.phase == "let go")
            self._go() if self._case.special is None else self._go_specially(self._case.special)
            if self._case.phase == "leaving" or self._expects == "none":
                self._watch()
            else:
                self._await_conversation()
        finally:
            self._people.stop()
        world.note("over")
        self._note_voice()
        judge = Judge({person.name: person.number for person in world.people}, self._expects, world.others)
        verdict = judge.judge(self._events())
        if not verdict.is_good and os.environ.get("RINGLIFT_KEEP"):
            self._keep_events()
        self._put_in_order()
        return verdict

    def _events(self):
        return self._world.log.all(self._mark)

    def _keep_events(self):
        name = "".join(letter if letter.isalnum() else "-" for letter in self._case.name)
        with open(Path(tempfile.gettempdir()) / f"ringlift-case-{name}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(event) + "\n" for event in self._events())

    def _known_caller(self, known):
        """Whether the call is let go as soon as it rings."""
        self._world.caller.phone.ask("hand_over", number=self._world.callee.number, when="at_ring" if known else "at_answer")

    # ---- The call and the fault

    def _go(self):
        phase = PHASES[self._case.phase]
        if phase is None:
            self._strike()
            if isinstance(self._fault, (DaemonKilled, ModemLost)) and self._fault.side == "caller":
                self._follow()
            self._dial()
            self._people.start()
            return
        who, told, answered = phase
        if answered:
            self._people.start()
        self._dial()
        self._reach(who, told)
        if self._case.phase in ("talking", "leaving"):
            self._world.log.find(lambda event: event.get("event") == "end", self._mark, TALK_SECONDS)
        if self._case.phase == "leaving":
            self._hang_up()
        self._strike()
        if not answered:
            self._people.start()

    def _go_specially(self, special):
        special.prepare(self._world)
        self._strike()
        self._people.start()
        special.dial(self)

    def _hang_up(self):
        """Until the caller's app has heard of it."""
        self._world.note("hung_up", by="caller")
        self._people.stop()
        since = self._world.log.mark()
        self._world.caller.phone.hang_up()
        self._world.log.find(lambda event: event["who"] == "caller" and event.get("event") == "call" and event["ip"] == "ended",
                             since, 5)

    def _dial(self):
        self.dial(self._world.caller, self._world.callee.number)

    # ---- For specials

    @property
    def world(self):
        return self._world

    def dial(self, person, number, prefix="", may_fail=False):
        self._world.note("dialled", by=person.name, number=number)
        if person.modem is None:
            person.phone.ask("dial", number=number)
        elif may_fail:
            person.modem.try_to_dial(prefix + number)
        else:
            person.modem.dial(prefix + number)

    def call_from_outside(self, callee, shown):
        self._world.network.ask("outside_call", callee=callee, shown=shown)

    def wait(self, seconds):
        self._world.log.find(lambda _: False, self._mark, seconds)

    def _reach(self, who, told):
        number = self._world.callee.number
        reached = self._world.log.find(
            lambda event: event["who"] == who and matches(event, **told) and event.get("msisdn", number) == number,
            self._mark, _REACH_SECONDS)
        if reached is None:
            raise Timeout(f"the call did not come to {self._case.phase}")

    def _strike(self):
        self._struck_us = now_us()
        self._world.note("fault")
        self._fault.strike(self._world)

    def _follow(self):
        if not self._followed:
            self._followed = True
            self._fault.follow(self._world)

    def _seconds_since_fault(self):
        return (now_us() - self._struck_us) / 1_000_000

    def _look(self):
        """A moment later; what follows from the fault has been done when it was due."""
        if self._seconds_since_fault() >= self._fault.follow_after:
            self._follow()
        self._world.log.find(lambda _: True, self._world.log.mark(), _LOOK_SECONDS)

    # ---- What becomes of it

    def _await_conversation(self):
        while self._seconds_since_fault() < _CONVERSATION_SECONDS:
            self._look()
            settled = self._seconds_since_fault() >= max(_SETTLED_SECONDS, self._fault.follow_after) and self._followed
            if not settled:
                continue
            if self._speak_by_phone():
                return self._world.note("spoke", over="cellular")
            if self._speak_on_internet():
                return self._world.note("spoke", over="internet")
            if self._is_cut_off():
                return None
            if self._expects == "leg" and self._seconds_since_fault() > _LEG_SECONDS and self._leg_stands():
                return None
        return None

    def _leg_stands(self):
        return any(leg["state"] == "active" for leg in self._world.network.legs_of(self._world.caller.number))

    def _speak_by_phone(self):
        """Each modem hears the other's tone, now."""
        numbers = [person.number for person in self._world.people]
        active = {leg["msisdn"] for leg in self._world.network.legs_of(*numbers) if leg["state"] == "active"}
        if len(active) < 2:
            return False
        since = now_us()
        try:
            for person, other in (self._world.people, self._world.people[::-1]):
                person.voice.wait_tone(other.hertz, since, _PROOF_SECONDS)
        except Timeout:
            return False
        return True

    def _speak_on_internet(self):
        """Both microphones are open, and what one presses the other gets, now."""
        for person in self._world.people:
            audio = person.phone.events.last(event="audio", leg="ip")
            if not person.phone.process.is_running() or audio is None or not audio["capturing"]:
                return False
        self._digits += 1
        digit = "0123456789"[self._digits % 10]
        for person, other in (self._world.people, self._world.people[::-1]):
            since = other.phone.mark()
            if not person.phone.try_to("send_digits", digits=digit).get("ok"):
                return False
            if other.phone.events.find(lambda event: matches(event, event="digits", digits=digit), since, _PROOF_SECONDS) is None:
                return False
        return True

    def _is_cut_off(self):
        """The phone network took the call of a phone that had lost it, and nothing is left that could bring it back."""
        lost = self._world.log.last(self._mark, event="no_service")
        if lost is None or self._seconds_since_fault() < self._fault.follow_after + _SETTLED_SECONDS:
            return False
        calls = [call for person in self._world.people for call in person.phone.status()["calls"]]
        return not calls and not self._world.network.legs_of(*(person.number for person in self._world.people))

    def _watch(self):
        while self._seconds_since_fault() < _AFTER_HANG_UP_SECONDS:
            self._look()

    def _note_voice(self):
        for person in self._world.people:
            for begin, end in person.voice.spans():
                self._world.note("voice", phone=person.name, begin_us=begin, end_us=end)

    # ---- Everything in its place

    def _put_in_order(self):
        world = self._world
        self._follow()
        self._fault.undo(world)
        with ThreadPoolExecutor(2) as workers:
            list(workers.map(self._end_calls, [*world.people, *([world.third] if world.third else [])]))
        for leg in world.network.legs():
            if leg["direction"] == "outgoing":
                world.network.ask("hangup", leg=leg["leg"])
        world.network.wait_idle()
        # The modems tell of it a moment later, and ModemManager would take that for the end of the next call.
        world.network.events.expect_none(_QUIET_SECONDS, world.network.events.mark(), event="leg")
        if self._case.special is not None:
            self._case.special.restore(world)
        for person in world.people:
            if self._fault.needs_fresh_phones:
                person.refresh()
            elif any(event.get("name") == "redial" and event["who"] == person.name for event in self._events()):
                person.restart()
            elif isinstance(self._fault, (DaemonKilled, ModemLost, SimSwapped)) and person.phone.status()["calls"]:
                person.restart()  # ModemManager does not know a call that it did not see begin: a minute passes until it is over
            if person.phone.status()["calls"]:
                raise AssertionError(f"{person.name} still has a call")

    @staticmethod
    def _end_calls(person):
        for call in person.phone.status()["calls"]:
            since = person.phone.mark()
            if person.phone.try_to("hangup", call=call["call"]).get("ok"):
                person.phone.events.find(lambda event, name=call["call"]: matches(event, event="end", call=name), since, 5)
