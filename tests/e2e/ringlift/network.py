"""The virtual phone network, from the controller's side; platform/plmn/README.md describes its messages."""

import json
import socket
import threading
import time

from .events import EventLog, Timeout
from .process import Process, Requests

QUICK = {"paging_delay_ms": 600, "paging_jitter_ms": 0, "alert_delay_ms": 40, "connect_delay_ms": 40, "release_delay_ms": 40}


class PhoneNetwork:
    """A running ringlift-plmn and a connection that controls it and sees every leg."""

    def __init__(self, program, folder, switch=None, subscribers=(), rejoin_grace_ms=2000, listener=None):
        config = folder / "plmn.json"
        config.write_text(json.dumps({"switch": {**QUICK, **(switch or {})}, "subscribers": list(subscribers),
                                      "rejoin_grace_ms": rejoin_grace_ms}))
        self._process = Process("plmn", [program, "--socket", folder / "plmn.sock", "--config", config],
                                folder / "plmn.log")
        self.address = self._process.events.wait(event="listening")["socket"]
        self.events = EventLog("switch", listener=listener)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(self.address)
        self._requests = Requests(lambda message: self._socket.sendall(json.dumps(message).encode() + b"\n"), self.events)
        threading.Thread(target=self._read, name="read switch", daemon=True).start()
        self.ask("control")
        self.ask("subscribe")

    def _read(self):
        with self._socket.makefile("rb") as lines:
            try:
                for line in lines:
                    self.events.add(json.loads(line))
            except OSError:
                pass
        self.events.end()

    def ask(self, command, **arguments):
        return self._requests.ask({command: arguments})

    def legs(self):
        """Legs that are alive now."""
        return self.ask("legs")["legs"]

    def legs_of(self, *msisdns):
        return [leg for leg in self.legs() if leg["msisdn"] in msisdns]

    def wait_idle(self, timeout=5.0):
        """Until no leg is left."""
        deadline = time.monotonic() + timeout
        while True:
            mark = self.events.mark()
            legs = self.legs()
            if not legs:
                return
            left = deadline - time.monotonic()
            if self.events.find(lambda event: event.get("state") == "ended", mark, left) is None:
                raise Timeout(f"{len(legs)} legs are left on the phone network")

    def wait_leg(self, msisdn, state, since=0, timeout=10.0, **fields):
        """The first event of a leg of that subscriber in that state."""
        return self.events.wait(timeout, since, event="leg", msisdn=msisdn, state=state, **fields)

    def kill(self):
        self._process.kill()

    def close(self):
        self._socket.close()
        self._process.stop()
