"""Two people with phones whose lines are modems of real ModemManagers, each at a place of its own on the Internet; their
server, and a phone network with a control."""

import shutil

from .events import EventLog, now_us
from .modem import Modem
from .rig import Rig, Sim
from .sound import tone, write_wav
from .trace import CallTrace
from .voice import ModemVoice
from .wiretap import WireTap

_HUM_SECONDS = 60
# A daemon that starts says ATH; a modem whose AT+CVHU=1 ends no voice call with it, and such a one the daemon's death spares.
_KEEPS_CALLS = {"answers": {"H": ""}}
_MANY = "100000 + 1/1ms"
_OFTEN = "100000/1h"
# Calls follow each other faster than people would call, and fail more often.
_SERVER = {"offer_rate": _MANY, "arrival_rate": _MANY, "match_rate": _MANY, "offers_day": _OFTEN, "arrivals_day": _OFTEN,
           "unmatched_callees": _OFTEN, "unmatched_of_cli": _OFTEN, "sessions_of_number_hour": _OFTEN,
           "sessions_of_number_day": _OFTEN}


class Person:
    """A phone, its modem, its voice, and where on the Internet it is. Hums into the microphones of both its networks."""

    def __init__(self, name, sim, hertz):
        self.name = name
        self.sim = sim
        self.hertz = hertz
        self.phone = self.modem = self.voice = self.place = self.tap = None

    @property
    def number(self):
        return self.sim.msisdn

    def start(self, world, internet):
        rig = world.rig
        self.place = internet.add_place(rig.folder)
        rig.on_exit(self.place.close)
        self.tap = WireTap(world.server, self.place.router, world.listener_of(f"wire of {self.name}"))
        rig.on_exit(self.tap.close)
        self.modem = Modem(rig.folder / f"{self.name}-modem", world.network, self.number, **_KEEPS_CALLS)
        rig.on_exit(self.modem.close)
        self.listen()
        rig.on_exit(lambda: self.voice.close())
        mic = rig.folder / f"hum-{self.hertz}.wav"
        write_wav(mic, tone(self.hertz, _HUM_SECONDS))
        self.phone = rig.start_phone(self.name, line="modem", env=self.modem.env, place=self.place, server=self.tap,
                                     listener=world.listener_of(self.name), arguments=["--audio", "file", "--mic", mic])
        self.wait_line()
        self.phone.register(self.number, rig.server.spool)

    def keep_as_fresh(self):
        """What the phone remembers now is what refresh() brings back."""
        self.phone.quit()
        shutil.copytree(self.phone.folder / "data", self.phone.folder / "fresh")
        self.phone.start()

    def restart(self):
        """Its app forgets that it has called again: for a minute it would offer no call to the same number."""
        self.phone.quit()
        self.phone.start()

    def refresh(self):
        """The phone forgets all since keep_as_fresh(), such as a call for help."""
        if self.phone.process.is_running():
            self.phone.quit()
        shutil.rmtree(self.phone.folder / "data")
        shutil.copytree(self.phone.folder / "fresh", self.phone.folder / "data")
        self.phone.start()

    def listen(self):
        """To the modem's voice, which ends with the modem."""
        if self.voice is not None:
            self.voice.close()
        self.voice = ModemVoice(self.modem.pcm, self.hertz)

    def wait_line(self, timeout=30):
        """Until the phone sees its SIM."""
        self.phone.events.find(lambda event: event.get("event") == "line" and any(known["present"] for known in event["sims"]),
                               0, timeout)


class Bystander:
    """Another phone with Ringlift, on the same phone network, without a modem and without a part in the call."""

    name = "third"
    modem = None

    def __init__(self, number):
        self.sim = Sim(f"+86139001390{number:02}", f"4600055555555{number:02}", "CN")
        self.phone = None

    @property
    def number(self):
        return self.sim.msisdn

    def start(self, world):
        self.phone = world.rig.start_phone(self.name, self.sim, listener=world.listener_of(self.name),
                                           arguments=["--audio", "none"])
        self.phone.register(self.number, world.server.spool)


class World:
    """Use as a context. `log` has everything that anybody told, in order; `who` says who it was."""

    def __init__(self, build, internet, number=0, with_bystander=False):
        self.rig = Rig(build)
        self.log = EventLog("world")
        self.number = number
        self._internet = internet
        self.caller = Person("caller", Sim(f"+86138001380{number:02}", f"4600012345678{number:02}", "CN"), 450)
        self.callee = Person("callee", Sim(f"+49155501234{number:02}", f"2620198765432{number:02}", "DE"), 650)
        self.third = Bystander(number) if with_bystander else None
        self.robot = f"+86137001370{number:02}"  # answers everybody

    @property
    def people(self):
        return (self.caller, self.callee)

    @property
    def others(self):
        """{phone: number} of whoever else has one."""
        return {self.third.name: self.third.number} if self.third else {}

    def listener_of(self, who):
        return lambda event: self.log.add({**event, "who": who})

    def note(self, event, **fields):
        """What the script did."""
        self.log.add({"event": event, "who": "script", "t_us": now_us(), **fields})

    def __enter__(self):
        self.rig.__enter__()
        try:
            self._start()
        except BaseException:
            self.rig.__exit__(Exception, None, None)
            raise
        return self

    def __exit__(self, *error):
        self.rig.__exit__(*error)

    def subscribers(self):
        robot = {"msisdn": self.robot, "imsi": f"4600066666666{self.number:02}", "home_region": "CN",
                 "script": {"behaviour": "answers", "answer_after_ms": 500, "tone_hz": 1000}}
        return [*({"msisdn": person.number, "imsi": person.sim.imsi, "home_region": person.sim.region} for person in self.people),
                robot]

    def _start(self):
        self.network = self.rig.start_network(subscribers=self.subscribers(), listener=self.listener_of("switch"))
        routers = [f"10.88.{place}.1" for place in range(1, 60)]
        self.server = self.rig.start_server({**_SERVER, "names": ", ".join(["localhost", "127.0.0.1", *routers])})
        for person in self.people:
            person.start(self, self._internet)
        if self.third:
            self.third.start(self)

    def acquaint(self):
        """A call, after which the two phones know each other; the caller's calls again by itself when a moved call is lost."""
        self.caller.phone.ask("settings", redial_automatically_in_call=True)
        trace = CallTrace(self.network, self.caller.phone, self.callee.phone)
        self.caller.modem.dial(self.callee.number)
        self.callee.phone.wait_ring(trace.since(trace.callee))
        self.callee.phone.ask("answer")
        trace.callee.wait(15, trace.since(trace.callee), event="milestone", name="leg_bound")
        trace.caller.wait(15, trace.since(trace.caller), event="firstaudio", leg="ip")
        trace.caller.hang_up()
        for phone in (trace.caller, trace.callee):
            phone.wait_end(trace.since(phone))
        self.network.wait_idle()
        for person in self.people:
            person.keep_as_fresh()

    def cut_internet(self):
        """Nothing gets from a phone to the other or to the server, nor back."""
        for person in self.people:
            self.cut(person, "out", "in")

    def cut(self, person, *directions):
        self.note("cut", phone=person.name)
        person.place.cut(*directions)

    def renew_internet(self):
        """Mended, with nothing left on the way: what a phone said to the server before is not said now."""
        for person in self.people:
            person.tap.drop()
        self.mend_internet()

    def mend_internet(self):
        for person in self.people:
            if person.place.is_cut:
                person.place.mend()
                self.note("mended", phone=person.name)


def is_possible():
    """Whether what it needs is installed."""
    return all(shutil.which(program) for program in ("mmcli", "gdbus", "ip", "nsenter", "unshare"))
