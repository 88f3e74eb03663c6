"""What goes wrong in the kill matrix: how it strikes, what the rest of the system does about it, and how it is undone."""

from ringlift.events import now_us

_APP_RESTARTS_AFTER = 2.0  # RestartSec of the app's unit
_DAEMON_RESTARTS_AFTER = 1.0
_BACK_AFTER = 3.0
STRANGER = "+4915550999888"
HELP = "112"


class Fault:
    """Strikes a world once. `follow`, if any, is what happens by itself `follow_after` seconds later."""

    follow_after = 0.0
    side = None
    needs_fresh_phones = False

    def __init__(self, name):
        self.name = name

    def strike(self, world):
        """Now."""

    def follow(self, world):
        """What the system does about it after a while."""

    def undo(self, world):
        """Everything is there again."""


class AppKilled(Fault):
    follow_after = _APP_RESTARTS_AFTER

    def __init__(self, name, side):
        super().__init__(name)
        self.side = side

    def strike(self, world):
        person = getattr(world, self.side)
        person.phone.kill()
        world.note("killed", phone=self.side)

    def follow(self, world):
        getattr(world, self.side).phone.start()
        world.note("started", phone=self.side)


class DaemonKilled(Fault):
    follow_after = _DAEMON_RESTARTS_AFTER

    def __init__(self, name, side):
        super().__init__(name)
        self.side = side

    def strike(self, world):
        getattr(world, self.side).modem.kill_daemon()

    def follow(self, world):
        getattr(world, self.side).modem.start_daemon()


class ServerKilled(Fault):
    def strike(self, world):
        world.server.kill()
        for person in world.people:
            person.tap.refuse()

    def undo(self, world):
        world.server.start()
        for person in world.people:
            person.tap.listen()


class ServerFrozen(Fault):
    def strike(self, world):
        world.server.freeze()

    def undo(self, world):
        world.renew_internet()
        world.server.thaw()


class Cut(Fault):
    """whom: {side: directions}. back: it is mended after two seconds."""

    follow_after = 2.0

    def __init__(self, name, whom, back=False):
        super().__init__(name)
        self._whom = whom
        self._back = back

    def strike(self, world):
        for side, directions in self._whom.items():
            world.cut(getattr(world, side), *directions)

    def follow(self, world):
        if self._back:
            world.mend_internet()

    def undo(self, world):
        world.renew_internet()


class ServerOutOfReach(Fault):
    """The way to the server alone is cut."""

    def strike(self, world):
        for person in world.people:
            person.place.cut("server")

    def undo(self, world):
        world.renew_internet()


class _ServiceLost(Fault):
    """The phone network has lost the phone: its calls are cut."""

    follow_after = _BACK_AFTER

    def __init__(self, name, side):
        super().__init__(name)
        self.side = side

    def strike(self, world):
        world.note("no_service", phone=self.side)
        self.lose(world, getattr(world, self.side))

    def follow(self, world):
        self.regain(world, getattr(world, self.side))
        world.note("service", phone=self.side)


class ModemLost(_ServiceLost):
    @staticmethod
    def lose(_, person):
        person.modem.unplug()

    @staticmethod
    def regain(_, person):
        person.modem.plug_in()
        person.listen()


class SimSwapped(_ServiceLost):
    """Taken out in mid-call; the same comes back."""

    @staticmethod
    def lose(world, person):
        world.network.ask("insert_sim", modem=person.number)

    @staticmethod
    def regain(_, person):
        person.modem.change_sim(person.number)


class CoverageLost(_ServiceLost):
    @staticmethod
    def lose(world, person):
        world.network.ask("coverage", msisdn=person.number, covered=False)

    @staticmethod
    def regain(world, person):
        world.network.ask("coverage", msisdn=person.number, covered=True)


class SecondCaller(Fault):
    """Somebody from another network calls, and gives up."""

    follow_after = 4.0

    def __init__(self, name, side):
        super().__init__(name)
        self.side = side

    def strike(self, world):
        self._leg = world.network.ask("outside_call", callee=getattr(world, self.side).number, shown=STRANGER)["leg"]

    def follow(self, world):
        if any(leg["leg"] == self._leg for leg in world.network.legs()):
            world.network.ask("hangup", leg=self._leg)


class SecondPhone(Fault):
    """Another phone with Ringlift calls the callee, and gives up."""

    follow_after = 4.0

    def strike(self, world):
        world.note("dialled", by=world.third.name, number=world.callee.number)
        world.third.phone.ask("dial", number=world.callee.number)

    def follow(self, world):
        for call in world.third.phone.status()["calls"]:
            world.third.phone.try_to("hangup", call=call["call"])


class Emergency(Fault):
    """A call for help, out of the app or another dialer, that is over after a while."""

    follow_after = 4.0
    needs_fresh_phones = True

    def __init__(self, name, side, by_app):
        super().__init__(name)
        self.side = side
        self._by_app = by_app

    def strike(self, world):
        person = getattr(world, self.side)
        world.note("help", by=self.side, at=now_us())
        if self._by_app:
            person.phone.ask("dial", number=HELP)
        else:
            person.modem.try_to_dial(HELP)

    def follow(self, world):
        for leg in world.network.legs():
            if leg["emergency"] and leg["party"] == "phone":
                world.network.ask("hangup", leg=leg["leg"])


def faults():
    """All that can strike at any step of a call, by name."""
    both = ("out", "in")
    known = [
        AppKilled("app killed, caller", "caller"), AppKilled("app killed, callee", "callee"),
        DaemonKilled("daemon killed, caller", "caller"), DaemonKilled("daemon killed, callee", "callee"),
        ServerKilled("server killed"), ServerFrozen("server frozen"), ServerOutOfReach("server out of reach"),
        Cut("cut, caller to callee", {"caller": ("out",)}), Cut("cut, callee to caller", {"callee": ("out",)}),
        Cut("cut, both ways", {"caller": both, "callee": both}),
        Cut("cut, for two seconds", {"caller": both, "callee": both}, back=True),
        ModemLost("modem lost, caller", "caller"), ModemLost("modem lost, callee", "callee"),
        SimSwapped("SIM out, caller", "caller"), SimSwapped("SIM out, callee", "callee"),
        CoverageLost("no coverage, caller", "caller"), CoverageLost("no coverage, callee", "callee"),
        SecondCaller("second caller, callee", "callee"), SecondCaller("second caller, caller", "caller"),
        SecondPhone("second caller with Ringlift"),
        Emergency("call for help, caller", "caller", by_app=False), Emergency("call for help, callee", "callee", by_app=True),
    ]
    return {fault.name: fault for fault in known}
