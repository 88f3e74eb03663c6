"""A modem of the virtual phone network in a real ModemManager on a bus of its own."""

import json
import os
from pathlib import Path
import subprocess
import sys

from .process import Process

_SCRIPT = Path(__file__).parents[2] / "platform" / "with-modemmanager"
# Tells of the bus and lives until it is told to end, and the daemon with it.
_HOLDER = ("import json, os, sys; print(json.dumps({'event': 'bus', 'address': os.environ['DBUS_SYSTEM_BUS_ADDRESS']}),"
           " flush=True); sys.stdin.readline()")
_SERVICE = "org.freedesktop.ModemManager1"
_ROOT = "/org/freedesktop/ModemManager1"
NOT_INSTALLED = 77


class Modem:
    """One phone's modem, as the phone's system sees it. The app finds it with `env`."""

    def __init__(self, folder, network, msisdn, mode="simtech"):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = network
        self.msisdn = msisdn
        port = self.folder / "at"
        network.ask("add_modem", msisdn=msisdn, ports=[str(port)], mode=mode)
        self._daemon = Process("ModemManager", [_SCRIPT, sys.executable, "-c", _HOLDER], self.folder / "daemon.log",
                               env={**os.environ, "RINGLIFT_MM_LOG": str(self.folder / "mm.log")})
        address = self._daemon.events.wait(30, event="bus")["address"]
        # No phone here holds the ring of whoever runs this: their session has no feedbackd.
        self.env = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address}
        watch = Process("mmcli", ["mmcli", "--monitor-modems"], self.folder / "mmcli.log", env=self.env)
        try:
            self._call(_ROOT, f"{_SERVICE}.Test.SetProfile", "phone", mode, json.dumps([str(port)]))
            watch.events.find(lambda event: "Modem/" in event.get("text", ""), 0, 30)
        finally:
            watch.stop()
        self.path = f"{_ROOT}/Modem/0"
        self._mmcli("--modem", self.path, "--enable")

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
