"""A server that is away, frozen, cut off or killed at each step of a call: no dial is late and no call is lost.

Each test prints its part of the matrix: by how much the server delayed the dial, and what became of the call.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Thread
import unittest

from ringlift.case import CallTestCase, build_folder
from ringlift.dialdelay import DialDelay
from ringlift.proxy import TO_CLIENT, TO_SERVER, TcpProxy
from ringlift.rig import Rig, Sim
from ringlift.sound import RATE, hears_tone, read_wav
from ringlift.trace import CallTrace

_TONE = 440
_TALK_SECONDS = 1.0
_LATE_SPEECH_SECONDS = 0.6  # the end of what was heard: all of it after the fault


class Pair:
    """A caller and a callee with numbers of their own, each behind a proxy of its own; and a phone without a server."""

    def __init__(self, rig, index, spoken):
        self.rig = rig
        self.sims = (Sim(f"+861380013{8100 + index}", f"46000111111{1000 + index}", "CN"),
                     Sim(f"+861390013{9100 + index}", f"46000222222{1000 + index}", "CN"),
                     Sim(f"+861370013{7100 + index}", f"46000333333{1000 + index}", "CN"))
        self.proxies = [TcpProxy(rig.server), TcpProxy(rig.server)]
        self.caller, self.callee = (
            rig.start_phone(f"{role}{index}", sim, server=proxy, arguments=[
                "--audio", "file", "--mic", spoken, "--speaker", rig.folder / f"{role}{index}" / "heard.wav"])
            for role, sim, proxy in zip(("caller", "callee"), self.sims, self.proxies))
        for phone, sim, proxy in zip((self.caller, self.callee), self.sims, self.proxies):
            rig.on_exit(proxy.close)
            phone.register(sim.msisdn, rig.server.spool)
            phone.quit()  # its connections begin anew with the call
            phone.start()
        plain = rig.start_phone(f"plain{index}", self.sims[2], arguments=["--audio", "none"])
        self.delay = DialDelay(rig.network, (self.caller, self.sims[0].msisdn), (plain, self.sims[2].msisdn),
                               self.sims[1].msisdn)

    def call(self, at=None):
        """Dials, answers, hears each other until after the fault, hangs up, and dials again with what is left of the server.
        at: (side, event fields, what to do when that side tells so). Returns a row of the matrix: delay and outcome.
        """
        self.delay.dial_plain()
        trace = CallTrace(self.rig.network, self.caller, self.callee)
        fault = _Fault(self, trace, *at) if at is not None else None
        self.delay.dial()
        self.callee.wait_ring(trace.since(self.callee))
        self.callee.ask("answer")
        for phone in (self.caller, self.callee):
            phone.wait(15, trace.since(phone), event="firstaudio")
        if fault is not None:
            fault.join()
        self.caller.events.expect_none(_TALK_SECONDS, trace.since(self.caller), event="end")
        self.callee.events.expect_none(0, trace.since(self.callee), event="end")
        self.caller.hang_up()
        ends = [phone.wait_end(trace.since(phone)) for phone in (self.caller, self.callee)]
        assert all(end["answered"] for end in ends), "a call was not answered"
        assert ends[0]["moved"] == ends[1]["moved"], "only one phone says that the call moved"
        assert not self.rig.network.legs_of(*(sim.msisdn for sim in self.sims)), "a leg is left"
        outcome = "moved" if ends[0]["moved"] else "stayed"
        if any(proxy.after is not None and not proxy.triggered.is_set() for proxy in self.proxies):
            outcome += "; the call needed fewer records"
        delay = self.delay.check()
        for phone in (self.caller, self.callee):
            phone.quit()
            late = read_wav(phone.speaker)[-int(_LATE_SPEECH_SECONDS * RATE):]
            assert hears_tone(late, _TONE), f"{phone.name} heard no speech at the end"
        return delay, outcome


class _Fault:
    """Strikes once that side has told of the step, while the call goes on."""

    def __init__(self, pair, trace, side, fields, act):
        self._error = None
        phone = (pair.caller, pair.callee)[side]

        def strike():
            try:
                phone.wait(20, trace.since(phone), **fields)
                act()
            except Exception as error:  # told by join(), in the thread of the test
                self._error = error

        self._thread = Thread(target=strike, name="fault", daemon=True)
        self._thread.start()

    def join(self):
        self._thread.join()
        if self._error is not None:
            raise self._error


_CALLER, _CALLEE = 0, 1
_AT_ONCE = 8
_STEPS = {
    "dialling": (_CALLER, {"event": "leg", "leg": "cellular", "state": "dialling"}),
    "connecting": (_CALLER, {"event": "connection", "state": "connecting"}),
    "connected": (_CALLER, {"event": "connection", "state": "connected"}),
    "logged_in": (_CALLER, {"event": "server", "online": True}),
    "offered": (_CALLER, {"event": "milestone", "name": "offer_sent"}),
    "accepted": (_CALLER, {"event": "milestone", "name": "offer_accepted"}),
    "callee_connected": (_CALLEE, {"event": "connection", "state": "connected"}),
    "arrived": (_CALLEE, {"event": "milestone", "name": "arrive_sent"}),
    "matched": (_CALLER, {"event": "milestone", "name": "matched"}),
    "noise1": (_CALLEE, {"event": "milestone", "name": "matched"}),
    "noise2": (_CALLER, {"event": "milestone", "name": "keys"}),
    "sealed": (_CALLEE, {"event": "milestone", "name": "keys"}),
    "path": (_CALLER, {"event": "milestone", "name": "path_proven"}),
    "alerting": (_CALLER, {"event": "milestone", "name": "peer_alerting"}),
    "answered": (_CALLEE, {"event": "milestone", "name": "answered"}),
    "ho_ready": (_CALLER, {"event": "milestone", "name": "ho_ready"}),
    "ho_ack": (_CALLEE, {"event": "milestone", "name": "ho_ack"}),
    "releasing": (_CALLER, {"event": "milestone", "name": "releasing"}),
    "released": (_CALLER, {"event": "milestone", "name": "released"}),
}


def _close_ports(pair):
    for proxy in pair.proxies:
        proxy.close()


def _drop_connections(pair):
    for proxy in pair.proxies:
        pair.rig.on_exit(proxy.go_deaf().close)


def _accept_and_be_silent(pair):
    for proxy in pair.proxies:
        proxy.after = 0


_UNREACHABLE = {
    "port closed": _close_ports,
    "SYN dropped": _drop_connections,
    "silent from accept": _accept_and_be_silent,
}


class Calls(CallTestCase):
    """Each case is one call in a world of its own; several worlds at a time, for most of the time they wait."""

    def setUp(self):
        self.rig = self.enterContext(Rig(build_folder()))

    def judge(self, fault, case, names):
        """Runs case(name) for each name and prints their rows; several at a time."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            calls = {name: pool.submit(case, name) for name in names}
        print(f"\n{'fault':<32}{'step':<20}{'delay in ms':>12}  outcome")
        for name, call in calls.items():
            with self.subTest(fault=fault, step=name):
                delay, outcome = (None, "FAILED") if call.exception() else call.result()
                print(f"{fault:<32}{name:<20}{'' if delay is None else f'{delay:.1f}':>12}  {outcome}", flush=True)
                call.result()

    def call_in_own_world(self, before=lambda pair: None, step=None, act=None):
        """One call with a server that meets its fate before the dial, or at that step of the call."""
        with Rig(build_folder()) as rig:
            rig.start_network()
            server = rig.start_server()
            pair = Pair(rig, 0, self.hum(_TONE))
            before(pair)
            return pair.call((*_STEPS[step], lambda: act(server)) if step is not None else None)

    def assert_survives_at_every_step(self, fault, act):
        self.hum(_TONE)
        self.judge(fault, lambda step: self.call_in_own_world(step=step, act=act), _STEPS)

    def test_survive_a_server_killed_at_any_step(self):
        self.assert_survives_at_every_step("server killed", lambda server: server.kill())

    def test_survive_a_server_frozen_at_any_step(self):
        self.assert_survives_at_every_step("server frozen", lambda server: server.freeze())

    def test_survive_a_server_out_of_reach(self):
        self.hum(_TONE)
        self.judge("server out of reach", lambda name: self.call_in_own_world(before=_UNREACHABLE[name]), _UNREACHABLE)

    def sweep(self, side, fault):
        """One call for each number of TLS records, from the server and to it, after which that side's connection has the
        fault. After no record at all is the same either way.
        """
        self.rig.start_network()
        self.rig.start_server({"sessions_of_address": "1000/1h"})
        self.hum(_TONE)
        places = [*((TO_CLIENT, after) for after in range(15)), *((TO_SERVER, after) for after in range(1, 9))]
        names = {f"{after} records {'up' if direction == TO_SERVER else 'down'}": (index, direction, after)
                 for index, (direction, after) in enumerate(places)}

        def call(name):
            index, direction, after = names[name]
            pair = Pair(self.rig, index, self.hum(_TONE))
            proxy = pair.proxies[side]
            proxy.direction, proxy.fault, proxy.after = direction, fault, after
            return pair.call()

        self.judge(f"{('caller', 'callee')[side]}'s connection: {fault}", call, names)

    def test_survive_a_cut_connection_of_the_caller(self):
        self.sweep(_CALLER, "cut")

    def test_survive_a_frozen_connection_of_the_caller(self):
        self.sweep(_CALLER, "freeze")

    def test_survive_a_cut_connection_of_the_callee(self):
        self.sweep(_CALLEE, "cut")

    def test_survive_a_frozen_connection_of_the_callee(self):
        self.sweep(_CALLEE, "freeze")


if __name__ == "__main__":
    unittest.main()
