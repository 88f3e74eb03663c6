"""A modem of the virtual phone network in a real ModemManager on a bus of its own."""

import json
import os
from pathlib import Path
import re
import signal
import subprocess
import sys

from .process import Process

_SCRIPT = Path(__file__).parents[2] / "platform" / "with-modemmanager"
# Tells of the bus and lives until it is told to end, and the daemon with it.
_HOLDER = ("import json, os, sys; print(json.dumps({'event': 'bus', 'address': os.environ['DBUS_SYSTEM_BUS_ADDRESS'],"
           " 'work': os.environ['RINGLIFT_MM_WORK']}), flush=True); sys.stdin.readline()")
_SERVICE = "org.freedesktop.ModemManager1"
_ROOT = "/org/freedesktop/ModemManager1"
_MODEM = re.compile(r"/org/freedesktop/ModemManager1/Modem/\d+")
RINGING_IN, WAITING = 3, 6
_REGISTERED = re.compile(r"(Initial state, |--> )'registered'")
NOT_INSTALLED = 77


class Modem:
    """One phone's modem, as the phone's system sees it. The app finds it with `env`; `pcm` is where its voice is."""

    def __init__(self, folder, network, msisdn, mode="simtech", **options):
        """options: of the modem, as in platform/plmn/README.md."""
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = network
        self.msisdn = msisdn
        self.mode = mode
        self._options = options
        self.pcm = self.folder / "pcm"
        self._port = self.folder / "at"
        self._plug_in()
        self._daemon = Process("ModemManager", [_SCRIPT, sys.executable, "-c", _HOLDER], self.folder / "daemon.log",
                               env={**os.environ, "RINGLIFT_MM_LOG": str(self.folder / "mm.log")})
        bus = self._daemon.events.wait(30, event="bus")
        address = bus["address"]
        self._pid_file = Path(bus["work"]) / "pid"
        # No phone here holds the ring of whoever runs this: their session has no feedbackd.
        self.env = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address,
                    "RINGLIFT_MM_WORK": bus["work"], "RINGLIFT_MM_LOG": str(self.folder / "mm.log")}
        self._find()

    def _plug_in(self):
        self.network.ask("add_modem", msisdn=self.msisdn, ports=[str(self._port)], pcm=str(self.pcm), mode=self.mode,
                         **self._options)

    def _find(self):
        """Until the daemon has found the modem, and has enabled it."""
        known = self._modems()
        watch = Process("mmcli", ["mmcli", "--monitor-modems"], self.folder / "mmcli.log", env=self.env)
        try:
            self._call(_ROOT, f"{_SERVICE}.Test.SetProfile", "phone", self.mode, json.dumps([str(self._port)]))
            watch.events.find(lambda event: any(path not in known for path in _MODEM.findall(event.get("text", ""))), 0, 30)
        finally:
            watch.stop()
        self.path = max(self._modems(), key=lambda path: int(path.rsplit("/", 1)[1]))
        self._mmcli("--modem", self.path, "--enable")
        # Until then ModemManager takes every call for one for help.
        watch = Process("mmcli", ["mmcli", "--modem", self.path, "--monitor-state"], self.folder / "mmcli.log", env=self.env)
        try:
            watch.events.find(lambda event: _REGISTERED.search(event.get("text", "")), 0, 30)
        finally:
            watch.stop()

    def _modems(self):
        return set(_MODEM.findall(self._mmcli("--list-modems")))

    def kill_daemon(self):
        """SIGKILL; the modem knows nothing of it."""
        os.kill(int(self._pid_file.read_text()), signal.SIGKILL)

    def start_daemon(self):
        """Anew after it was killed, until it has found the modem."""
        self._run(_SCRIPT, "start")
        self._find()

    def unplug(self):
        self.network.ask("remove_modem", modem=self.msisdn)

    def plug_in(self):
        """Again; the daemon is told, for it does not see a modem of this kind go."""
        self._plug_in()
        self._find()

    def change_sim(self, msisdn):
        """None takes it out. The daemon finds the modem anew, for it does not see that of a modem of this kind either."""
        self.network.ask("insert_sim", modem=self.msisdn, **({"msisdn": msisdn} if msisdn else {}))
        self._find()

    def _run(self, *command):
        return subprocess.run(command, env=self.env, check=True, timeout=60, capture_output=True, text=True).stdout

    def _call(self, path, method, *arguments):
        return self._run("gdbus", "call", "--system", "--dest", _SERVICE, "--object-path", path, "--method", method, *arguments)

    def _mmcli(self, *arguments):
        return self._run("mmcli", *arguments)

    def dial(self, number):
        """As any dialer does; the path of the call."""
        created = self._call(self.path, f"{_SERVICE}.Modem.Voice.CreateCall", f"{{'number': <'{number}'>}}")
        call = created.split("'")[1]
        self._call(call, f"{_SERVICE}.Call.Start")
        return call

    def try_to_dial(self, number):
        """The path of the call, or None when the modem refuses."""
        try:
            return self.dial(number)
        except subprocess.CalledProcessError:
            return None

    def answer(self):
        """As any dialer does; False when nothing rings."""
        for call in self.calls():
            state = self.state_of(call)
            if state == RINGING_IN:
                self._call(call, f"{_SERVICE}.Call.Accept")
                return True
            if state == WAITING:
                self._call(self.path, f"{_SERVICE}.Modem.Voice.HoldAndAccept")
                return True
        return False

    def hang_up(self):
        self._call(self.path, f"{_SERVICE}.Modem.Voice.HangupAll")

    def calls(self):
        """Paths of the calls in the daemon's list, ended ones too."""
        return [part for part in self._call(self.path, f"{_SERVICE}.Modem.Voice.ListCalls").split("'") if "/Call/" in part]

    def state_of(self, call):
        reply = self._call(call, "org.freedesktop.DBus.Properties.Get", f"{_SERVICE}.Call", "State")
        return int("".join(filter(str.isdigit, reply)))

    def close(self):
        if self._daemon.is_running():
            self._daemon.send(b"\n")
            self._daemon.wait(20)
