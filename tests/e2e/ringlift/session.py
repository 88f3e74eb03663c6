"""The session of somebody at a Linux phone: feedbackd, its settings, a loudspeaker and an unmodified GNOME Calls."""

import os
from pathlib import Path
import re
import subprocess
import sys
import time

from .events import now_us
from .process import Process

_SCRIPT = Path(__file__).parents[2] / "platform" / "with-feedbackd"
_OWN = ("DBUS_SESSION_BUS_ADDRESS", "GSETTINGS_BACKEND", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
# Tells of the session and lives until it is told to end, and its daemons with it.
_HOLDER = ("import json, os, sys; print(json.dumps({'event': 'session', 'env': {name: os.environ[name] for name in "
           f"{_OWN!r}}}}}), flush=True); sys.stdin.readline()")
_CALLS = "org.gnome.Calls"
_ROOT = "/org/gnome/Calls"
_SETTING = "org.sigxcpu.feedbackd.application:/org/sigxcpu/feedbackd/application/org-gnome-calls/"
_NOT_HEARD = 0xFFFFFFFF
TOOLS = ("gnome-calls", "Xvfb", "pulseaudio", "busctl", "gdbus", "gsettings")


class Display:
    """A screen that nobody sees."""

    def __init__(self, folder):
        self._server = Process("Xvfb", ["Xvfb", "-displayfd", "1", "-screen", "0", "720x1280x24", "-nolisten", "tcp"],
                               Path(folder) / "xvfb.log")
        self.name = ":" + self._server.events.wait(20, event="not json")["text"].strip()

    def close(self):
        self._server.stop()


class Session:
    """Beside a phone's modem, on a bus of its own; what feedbackd plays comes out at the sink NAME_spk of `pulse`. A phone in
    it has `env`."""

    def __init__(self, name, folder, modem, display, pulse):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._pulse = pulse
        self._sink = f"{name}_spk"
        sound = {"PULSE_SERVER": pulse.env["PULSE_SERVER"], "PULSE_SINK": self._sink, "CANBERRA_DRIVER": "pulse"}
        self._daemons = Process("session", [_SCRIPT, sys.executable, "-c", _HOLDER], self.folder / "session.log",
                                env={**os.environ, **sound})
        self.env = {**modem.env, **self._daemons.events.wait(30, event="session")["env"], **sound}
        # What is said on the bus about rings, and of the calls that GNOME Calls shows.
        self._trace = Process("busctl", ["busctl", f"--address={self.env['DBUS_SESSION_BUS_ADDRESS']}", "--json=short",
                                         "--match=interface='org.sigxcpu.Feedback'", f"--match=path='{_ROOT}'",
                                         "--match=type='method_return'", "monitor"], self.folder / "busctl.log")
        self._screen = {**self.env, "DISPLAY": display.name, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1", "LC_ALL": "C.UTF-8"}
        self._dialer = Process("gnome-calls", ["gnome-calls", "--daemon", "--provider", "mm", "-vvv"], self.folder / "calls.log",
                               env=self._screen)
        self._wait_dialer()

    def _run(self, *command):
        return subprocess.run(command, env=self._screen, check=True, timeout=60, capture_output=True, text=True).stdout

    def _call(self, path, method, *arguments):
        return self._run("gdbus", "call", "--session", "--dest", _CALLS, "--object-path", path, "--method", method, *arguments)

    def _wait_dialer(self):
        """Until it has found the modem, and so can dial."""
        self._run("gdbus", "wait", "--session", "--timeout", "30", _CALLS)
        self._dialers_name = re.search(r"'(.*)'", self._run(
            "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
            "--method", "org.freedesktop.DBus.GetNameOwner", _CALLS))[1]
        seen = 0
        while "(true" not in self._call(_ROOT, "org.gtk.Actions.Describe", "dial"):
            event = self._trace.events.find(lambda event: event.get("interface") == "org.gtk.Actions"
                                            and event.get("member") == "Changed", seen, 30)
            if event is None:
                raise AssertionError("GNOME Calls found no modem:\n" + self._dialer.complaints()[-2000:])
            seen = self._trace.events.mark()

    # ---- Its user

    def open_link(self, number):
        """Dials by a tel: link."""
        self._run("gnome-calls", f"tel:{number}")

    def _show(self, since):
        """The call that it shows since then."""
        return self._trace.events.wait(10, since, member="InterfacesAdded", path=_ROOT)["payload"]["data"][0]

    def accept(self, since):
        self._call(self._show(since), f"{_CALLS}.Call.Accept")

    def hang_up(self, since):
        self._call(self._show(since), f"{_CALLS}.Call.Hangup")

    def profile(self):
        """What GNOME Calls may be heard with, in the settings of feedbackd."""
        return self._run("gsettings", "get", _SETTING, "profile").strip().strip("'")

    def wait_profile(self, wanted, seconds):
        """The profile once it is that one, or the one that it still is then: the hold's keeper is another process."""
        deadline = time.monotonic() + seconds
        while (profile := self.profile()) != wanted and time.monotonic() < deadline:
            pass
        return profile

    # ---- Its ring

    def mark(self):
        return self._trace.events.mark()

    def wait_ring(self, since):
        """Until GNOME Calls rings, heard or not."""
        self._trace.events.find(lambda event: self._is_ring(event) and event["sender"] == self._dialers_name, since, 10)

    @staticmethod
    def _is_ring(event):
        return event.get("member") == "TriggerFeedback" and event["payload"]["data"][:2] == [_CALLS, "phone-incoming-call"]

    def rings(self, since):
        """Rings that anybody wanted since then: (who: dialer or another, whether it was to be heard)."""
        events = self._trace.events.all(since)
        rings = []
        for wish in events:
            if not self._is_ring(wish):
                continue
            number = next(reply["payload"]["data"][0] for reply in events if reply.get("type") == "method_return"
                          and reply.get("reply_cookie") == wish["cookie"] and reply.get("destination") == wish["sender"])
            silent = any(end.get("member") == "FeedbackEnded" and end["payload"]["data"] == [number, _NOT_HEARD] for end in events)
            rings.append(("dialer" if wish["sender"] == self._dialers_name else "another", not silent))
        return rings

    def listen(self):
        """Begins to record what the session plays."""
        return self._pulse.record(f"{self._sink}.monitor", latency_ms=10).wait_running()

    def close(self):
        self._dialer.stop()
        self._trace.stop()
        if self._daemons.is_running():
            self._daemons.send(b"\n")
            self._daemons.wait(20)


def loudest_until_now(recorder, since_us):
    """Of what was played since then, on 16 bit."""
    samples = recorder.between(since_us, now_us())
    return max(max(samples, default=0), -min(samples, default=0))
