"""How fast calls are caught, with modems of real ModemManagers and a server 80 ms away."""

from concurrent.futures import ThreadPoolExecutor

from ringlift.delay import DelayProxy
from ringlift.events import now_us
from ringlift.modem import Modem
from ringlift.rig import Sim
from ringlift.trace import CallTrace

ROUND_TRIP = 0.080
PAIRS = 2
STRANGER = "+4915550999999"
# The bars, in milliseconds, on the 95th percentile.
_RTT = 1000 * ROUND_TRIP
BARS = {"dial_to_attempt_ms": 50, "dial_to_submit_ms": 3 * _RTT + 50, "login_to_no_match_ms": _RTT + 300,
        "no_server_ms": 800 + 50}
FIGURES = ("dial_to_attempt_ms", "dial_to_submit_ms", "ring_to_submit_ms", "match_ms", "no_match_ms", "no_server_ms", "release_ms")


def percentiles(values):
    """Nearest rank."""
    ordered = sorted(values)
    return {f"p{p}": round(ordered[-(-len(ordered) * p // 100) - 1], 1) for p in (50, 95)}


def sims_of(pair):
    return (Sim(f"+86138001380{pair:02}", f"4600012345678{pair:02}", "CN"),
            Sim(f"+49155501234{pair:02}", f"2620198765432{pair:02}", "DE"))


class Pair:
    """Two phones, each with a modem, a ModemManager and a way to the server of its own."""

    def __init__(self, rig, number):
        self._rig = rig
        self._network = rig.network
        self.taken = {}
        self._sims = sims_of(number)
        # In this thread: programs end with the thread that started them.
        sides = [self._start(f"{side}{number}", sim) for side, sim in zip(("caller", "callee"), self._sims)]
        self._phones, self._modems, self._ways = zip(*sides)
        for phone, sim in zip(self._phones, self._sims):
            phone.register(sim.msisdn, rig.server.spool)

    def _start(self, name, sim):
        modem = Modem(self._rig.folder / f"{name}-modem", self._network, sim.msisdn)
        self._rig.on_exit(modem.close)
        way = DelayProxy(self._rig.server, ROUND_TRIP)
        self._rig.on_exit(way.close)
        phone = self._rig.start_phone(name, line="modem", env=modem.env, server=way, arguments=["--audio", "none"])
        phone.events.find(lambda event: event.get("event") == "line"
                          and any(known["present"] for known in event["sims"]), 0, 30)
        return phone, modem, way

    def run(self, matches, strangers, unreachable):
        self.call_and_answer()
        for _ in range(matches):
            self.call_that_moves()
        for _ in range(strangers):
            self.call_of_a_stranger()
        for way in self._ways:
            way.go_deaf()
        for _ in range(unreachable):
            self.call_without_server()

    def _take(self, figure, begin_us, end_us):
        self.taken.setdefault(figure, []).append((end_us - begin_us) / 1000)

    def _begin(self):
        """Phones connect anew for each call, as they do after 20 s without one."""
        for phone, way in zip(self._phones, self._ways):
            since = phone.mark()
            way.cut()
            if phone.events.last(0, event="server")["online"]:
                phone.wait(5, since, event="server", online=False)
        return CallTrace(self._network, *self._phones), [way.events.mark() for way in self._ways]

    def _dial(self, trace):
        """As another dialer does; taken from before the dialer's process starts."""
        trace.note("caller", "dial", now_us())
        self._modems[0].dial(self._sims[1].msisdn)

    def _end(self, trace):
        self._phones[0].hang_up()
        for phone in self._phones:
            phone.wait_end(trace.since(phone))
        self._wait_idle(trace)

    def _wait_idle(self, trace):
        for sim in self._sims:
            if self._network.events.last(trace.network_since, event="leg", msisdn=sim.msisdn):
                self._network.wait_leg(sim.msisdn, "ended", trace.network_since)

    def _ring(self, trace):
        return self._network.wait_leg(self._sims[1].msisdn, "ringing", trace.network_since)["t_us"]

    def _submitted(self, side, mark, accepted_us):
        """When the phone said at the latest what the server accepted: the last it said a round trip before it learned that."""
        latest = accepted_us - 1_000_000 * ROUND_TRIP
        return max(event["t_us"] for event in self._ways[side].events.all(mark, event="said") if event["t_us"] <= latest)

    def call_and_answer(self):
        """The first call; after it the phones know each other, and later calls are let move as soon as they ring."""
        trace, _ = self._begin()
        self._dial(trace)
        callee = self._phones[1]
        callee.wait_ring(trace.since(callee))
        callee.ask("answer")
        self._phones[0].wait(15, trace.since(self._phones[0]), event="milestone", name="released")
        callee.wait(15, trace.since(callee), event="milestone", name="leg_bound")
        self._end(trace)
        self._phones[0].ask("hand_over", number=self._sims[1].msisdn, when="at_ring")

    def call_that_moves(self):
        trace, connections = self._begin()
        self._dial(trace)
        caller, callee = self._phones
        caller.wait(15, trace.since(caller), event="milestone", name="released")
        callee.wait(15, trace.since(callee), event="milestone", name="leg_bound")
        gone = self._network.wait_leg(self._sims[0].msisdn, "ended", trace.network_since)["t_us"]
        moments = trace.moments()
        dial = moments["caller", "dial"]
        ring = self._ring(trace)
        self._take("dial_to_attempt_ms", dial, self._ways[0].events.wait(0, connections[0], event="connection")["t_us"])
        self._take("dial_to_submit_ms", dial, self._submitted(0, connections[0], moments["caller", "offer_accepted"]))
        self._take("ring_to_submit_ms", ring, self._submitted(1, connections[1], moments["callee", "arrive_accepted"]))
        self._take("match_ms", ring, moments["callee", "matched"])
        self._take("release_ms", ring, gone)
        self._end(trace)

    def call_of_a_stranger(self):
        """Nobody offers this call: it stays on the phone network."""
        trace, connections = self._begin()
        leg = self._network.ask("outside_call", callee=self._sims[1].msisdn, shown=STRANGER)["leg"]
        callee = self._phones[1]
        decision = callee.wait(15, trace.since(callee), event="milestone", name="ring_let")["t_us"]
        ring = self._ring(trace)
        submitted = self._submitted(1, connections[1], trace.moments()["callee", "arrive_accepted"])
        self._take("ring_to_submit_ms", ring, submitted)
        self._take("login_to_no_match_ms", submitted, decision)
        self._take("no_match_ms", ring, decision)
        self._network.ask("hangup", leg=leg)
        callee.wait_end(trace.since(callee))
        self._wait_idle(trace)

    def call_without_server(self):
        trace, _ = self._begin()
        self._dial(trace)
        callee = self._phones[1]
        decision = callee.wait(15, trace.since(callee), event="call", why="server_unreachable")["t_us"]
        self._take("no_server_ms", self._ring(trace), decision)
        self._end(trace)


def hook(rig, calls, settings, put):
    """At least that many calls: three fifths match, one fifth does not, one fifth finds no server. Raises AssertionError when a
    bar is missed."""
    rig.start_server(settings)
    rig.start_network(subscribers=[{"msisdn": sim.msisdn, "imsi": sim.imsi, "home_region": sim.region}
                                   for pair in range(PAIRS) for sim in sims_of(pair)])
    fifth = -(-calls // (5 * PAIRS))
    pairs = [Pair(rig, number) for number in range(PAIRS)]
    with ThreadPoolExecutor(PAIRS) as workers:
        list(workers.map(lambda pair: pair.run(3 * fifth, fifth, fifth), pairs))
    taken = {}
    for pair in pairs:
        for figure, values in pair.taken.items():
            taken.setdefault(figure, []).extend(values)
    for figure, values in taken.items():
        bar = {"bar_ms": BARS[figure]} if figure in BARS else {}
        put(bench="hook", figure=figure, n=len(values), **percentiles(values), min=round(min(values), 1),
            max=round(max(values), 1), **bar)
    put(**{figure: percentiles(taken[figure]) for figure in FIGURES})
    missed = [figure for figure, bar in BARS.items() if percentiles(taken[figure])["p95"] > bar]
    if missed:
        raise AssertionError(f"bars missed: {', '.join(missed)}")
