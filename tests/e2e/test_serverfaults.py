"""A server that is frozen, cut off or killed at each step of a call: no call is lost."""

from concurrent.futures import ThreadPoolExecutor
import unittest

from ringlift.case import CallTestCase, build_folder
from ringlift.proxy import TcpProxy
from ringlift.rig import Rig, Sim
from ringlift.trace import CallTrace


class Pair:
    """A caller and a callee with numbers of their own, each behind a proxy of its own."""

    def __init__(self, rig, index, spoken):
        self.rig = rig
        self.sims = (Sim(f"+861380013{8100 + index}", f"46000111111{1000 + index}", "CN"),
                     Sim(f"+861390013{9100 + index}", f"46000222222{1000 + index}", "CN"))
        self.proxies = [TcpProxy(rig.server), TcpProxy(rig.server)]
        self.caller, self.callee = (
            rig.start_phone(f"{role}{index}", sim, server=proxy, arguments=["--audio", "file", "--mic", spoken])
            for role, sim, proxy in zip(("caller", "callee"), self.sims, self.proxies))
        for phone, sim, proxy in zip((self.caller, self.callee), self.sims, self.proxies):
            rig.on_exit(proxy.close)
            phone.register(sim.msisdn, rig.server.spool)
            phone.quit()  # its connections begin anew with the call
            phone.start()

    def call(self, at=None):
        """Dials, answers, hears each other, hangs up; at: (side, event fields, what to do when that side tells so).
        Returns whether the call moved.
        """
        trace = CallTrace(self.rig.network, self.caller, self.callee)
        self.caller.dial(self.sims[1].msisdn)
        if at is not None:
            side, fields, act = at
            phone = (self.caller, self.callee)[side]
            phone.wait(10, trace.since(phone), **fields)
            act()
        self.callee.wait_ring(trace.since(self.callee))
        self.callee.ask("answer")
        for phone in (self.caller, self.callee):
            phone.wait(15, trace.since(phone), event="firstaudio")
        self.caller.hang_up()
        ends = [phone.wait_end(trace.since(phone)) for phone in (self.caller, self.callee)]
        assert all(end["answered"] for end in ends), "a call was not answered"
        assert ends[0]["moved"] == ends[1]["moved"], "only one phone says that the call moved"
        assert not self.rig.network.legs_of(*(sim.msisdn for sim in self.sims)), "a leg is left"
        return ends[0]["moved"]


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
}


class Calls(CallTestCase):
    """Each case is one call in a world of its own; several worlds at a time, for most of the time they wait."""

    def setUp(self):
        self.rig = self.enterContext(Rig(build_folder()))

    def call_with(self, name, act):
        """One call with a server that meets its fate at that step."""
        with Rig(build_folder()) as rig:
            rig.start_network()
            server = rig.start_server()
            pair = Pair(rig, 0, self.hum(440))
            side, fields = _STEPS[name]
            return pair.call((side, fields, lambda: act(server)))

    def assert_survives_at_every_step(self, act):
        self.hum(440)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            calls = {name: pool.submit(self.call_with, name, act) for name in _STEPS}
        for name, call in calls.items():
            with self.subTest(step=name):
                call.result()

    def test_survive_a_server_killed_at_any_step(self):
        self.assert_survives_at_every_step(lambda server: server.kill())

    def test_survive_a_server_frozen_at_any_step(self):
        self.assert_survives_at_every_step(lambda server: server.freeze())

    def sweep(self, side, fault, records=range(1, 13)):
        """One call for each number of TLS records from the server after which that side's connection has the fault."""
        self.rig.start_network()
        self.rig.start_server({"sessions_of_address": "1000/1h"})
        self.hum(440)

        def call(index):
            pair = Pair(self.rig, index, self.hum(440))
            pair.proxies[side].after = index
            pair.proxies[side].fault = fault
            return pair.call()

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            calls = {index: pool.submit(call, index) for index in records}
        for index, done in calls.items():
            with self.subTest(after_record=index):
                done.result()

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
