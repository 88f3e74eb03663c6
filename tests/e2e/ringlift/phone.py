"""One phone, driven through its interface for scripts; app/HEADLESS.md describes commands and events."""

from dataclasses import dataclass
from pathlib import Path

from .events import matches, now_us
from .process import Process, Requests


_REACTION_SECONDS = 1.0


@dataclass(frozen=True)
class Sim:
    """What the virtual network and the phone's line know of one SIM."""
    msisdn: str
    imsi: str
    region: str

    def option(self):
        return f"msisdn={self.msisdn},imsi={self.imsi},region={self.region}"


def plmn_line(network, *sims):
    """The --line option of a phone with these SIMs."""
    return ",".join([f"plmn:{network.address}", *(sim.option() for sim in sims)])


class Phone:
    """A running phone. Its files live in a folder of its own and outlast it, so that it can be started again."""

    def __init__(self, name, program, folder, line, server, env=None, arguments=(), window=False, place=None, listener=None):
        """window: with its window, which shows what scripts and people do. place: where on the Internet it is (an
        internet.Place); without one it meets others over the loopback addresses. listener(event): hears of all it tells."""
        self.name = name
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._command = [*(place.enter if place else ()), program, "--control" if window else "--headless", "--line", line,
                         "--data", self.folder / "data", "--insecure-key-file", self.folder / "device-key",
                         "--addresses", "usual" if place else "loopback", "--server", server.url, "--ca", server.ca, *arguments]
        self._env = env
        self._listener = listener
        self.process = None

    def start(self, timeout=20.0):
        self.process = Process(self.name, self._command, self.folder / "log", env=self._env,
                               transcript=self.folder / "events.jsonl", listener=self._listener)
        self._requests = Requests(self.process.send, self.process.events)
        self.ready = self.events.wait(timeout, event="ready")
        return self

    @property
    def events(self):
        return self.process.events

    @property
    def speaker(self):
        """What it heard, with --audio file."""
        return self.folder / "heard.wav"

    def ask(self, command, timeout=10.0, **fields):
        """The reply to a command that has to succeed."""
        return self._requests.ask({"cmd": command, **fields}, timeout)

    def try_to(self, command, **fields):
        """The reply to a command that may be refused."""
        return self._requests.reply(self._requests.begin({"cmd": command, **fields}))

    def wait(self, timeout=10.0, since=0, **fields):
        return self.events.wait(timeout, since, **fields)

    def mark(self):
        return self.events.mark()

    def status(self):
        return self.ask("status")["status"]

    def register(self, number, spool):
        """Proves the number with the code that the server's sender put into the spool."""
        since = self.mark()
        self.ask("register", number=number)
        state = self.wait(20, since, event="registration", state=("code_sent", "failed"))["state"]
        if state == "code_sent":
            self.ask("verify", code=spool.wait_code(number))
            state = self.wait(20, since, event="registration", state=("registered", "failed"))["state"]
        if state != "registered":
            fault = self.events.last(since, event="registration")["fault"]
            raise AssertionError(f"{self.name} could not register: {fault}")

    def dial(self, number, sim=0):
        """Dials; the moment at which the command was given."""
        given = now_us()
        self.ask("dial", number=number, sim=sim)
        return given

    def wait_ring(self, since=0, timeout=15.0):
        """Until a person would answer: at our own ring; at the phone's own, once it is decided that the call stays; or a second
        after the server has noted the ring without knowing a match, for then the phone rings while the app still waits.
        """
        ring = self.events.find(lambda event: self._is_ring(event) or matches(event, name="arrive_accepted"), since, timeout)
        if ring is None:
            self.events.wait(0, since, event="incoming")  # says what came instead
        if not self._is_ring(ring):
            self.events.find(self._is_ring, since, _REACTION_SECONDS)

    @staticmethod
    def _is_ring(event):
        if event.get("event") != "call":
            return event.get("event") == "incoming"
        return event["leg"] == "ringing" and event["ip"] in ("idle", "ended")

    def hang_up(self):
        self.ask("hangup")

    def wait_end(self, since=0, timeout=15.0):
        """The last word on a call."""
        return self.wait(timeout, since, event="end")

    def kill(self):
        self.process.kill()

    def quit(self, timeout=10.0):
        """Asks it to end; its exit status."""
        self.process.send({"id": 0, "cmd": "quit"})
        return self.process.wait(timeout)

    def close(self):
        if self.process is not None:
            self.process.stop()
