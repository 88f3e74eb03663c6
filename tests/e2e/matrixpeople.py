"""What two people do who want to talk: they answer what rings, and tap what offers to call again."""

import subprocess
import threading

from ringlift.events import Timeout, now_us

_WAKE_SECONDS = 0.25
_PATIENCE_US = 2_500_000  # until somebody turns to the phone's own dialer


class People:
    """Begin with start(). strangers: numbers whose calls nobody answers; silent: who answers nothing."""

    def __init__(self, world, mark, strangers=(), silent=()):
        self._world = world
        self._people = [person for person in (*world.people, world.third) if person and person.name not in silent]
        self._position = mark
        self._strangers = set(strangers)
        self._numbers = {person.number for person in world.people}
        self._asked = set()
        self._calls = {person.name: {} for person in self._people}
        self._ringing = {}
        self._legs = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="people", daemon=True)

    def start(self):
        self._thread.start()

    def stop(self):
        self._done.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self):
        while not self._done.is_set():
            event = self._world.log.find(lambda _: True, self._position, _WAKE_SECONDS)
            if event is not None:
                self._position += 1
                self._take(event)
            for person in self._people:
                self._act(person)

    def _take(self, event):
        who, kind = event["who"], event.get("event")
        if who in self._calls and kind == "call":
            self._calls[who][event["call"]] = event
        elif who in self._calls and kind == "end":
            self._calls[who].pop(event["call"], None)
        elif kind == "killed":
            self._calls.get(event["phone"], {}).clear()
        elif who == "switch" and kind == "leg":
            self._legs[event["leg"]] = event
            if event["state"] == "ringing":
                self._ringing.setdefault(event["leg"], now_us())
            else:
                self._ringing.pop(event["leg"], None)

    def _act(self, person):
        for name, call in list(self._calls[person.name].items()):
            if call["peer"] in self._strangers:
                continue
            if call["wants_answer"]:
                self._ask(person, "answer", name, "internet")
            elif call["leg"] == "ringing" and call["direction"] == "incoming" and call["ip"] in ("idle", "ended"):
                self._ask(person, "answer", name, "phone")
            elif call["offers_redial"]:
                self._ask(person, "redial", name, "redial")
        if person.modem is not None:
            self._use_dialer(person)

    def _ask(self, person, command, call, what):
        if (person.name, person.phone.process.pid, call, what) in self._asked:
            return
        self._asked.add((person.name, person.phone.process.pid, call, what))
        try:
            person.phone.try_to(command, call=call)
        except Timeout:
            pass  # it was killed meanwhile

    def _use_dialer(self, person):
        """For a phone that has rung long enough while its app says nothing."""
        for leg, since in list(self._ringing.items()):
            known = self._legs[leg]
            waits = known["msisdn"] == person.number and now_us() - since > _PATIENCE_US
            if not waits or ("dialer", leg) in self._asked or not self._is_of_the_other(person, known):
                continue
            if any(call["ip"] in ("answered", "alerting") for call in self._calls[person.name].values()):
                continue
            self._asked.add(("dialer", leg))
            try:
                person.modem.answer()
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                self._ringing[leg] = now_us()  # the daemon is not there: again, later
                self._asked.discard(("dialer", leg))

    def _is_of_the_other(self, person, ringing):
        return any(leg["call"] == ringing["call"] and leg["direction"] == "outgoing" and leg["msisdn"] in self._numbers
                   and leg["msisdn"] != person.number for leg in self._legs.values())
