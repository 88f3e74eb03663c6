"""The demo: the whole story of three calls over real programs, and the two windows to try it by hand."""

import argparse
import json
from pathlib import Path
import signal
import subprocess
import sys

from ringlift.events import Timeout, now_us
from ringlift.process import wait_for_any
from ringlift.pulse import PulseAudio
from ringlift.rig import ALICE, BOB, CAROL, Rig
from ringlift.sound import hears_tone, intelligibility
from ringlift.trace import CallTrace

ROOT = Path(__file__).resolve().parents[2]
SPEECH_SECONDS = 20
RING_SECONDS = 1.5
LEAST_ESTOI = 0.97
CAROLS_TONE = 440


def say(text=""):
    print(text, flush=True)


class Demo:
    """Alice's phone calls three times: Bob, a number that never registered, and Bob while the server dies."""

    def __init__(self, rig):
        self.rig = rig
        self.figures = {"lifted": False, "estoi": 0.0, "steps_ms": {}, "legs_left": 0, "stories": {}}

    def prepare(self):
        """Everything runs and both phones are registered."""
        rig = self.rig
        spoken = subprocess.run([ROOT / "scripts" / "speech", rig.folder / "spoken"], check=True, capture_output=True, text=True)
        self.alice_says, self.bob_says = (Path(path) for path in spoken.stdout.split())
        self.pulse = PulseAudio(rig.folder, ["alice", "bob"])
        (rig.folder / "run").mkdir(mode=0o700)
        self.env = {**self.pulse.env, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
                    "XDG_RUNTIME_DIR": str(rig.folder / "run"), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        rig.on_exit(self.pulse.close)
        rig.start_server()
        rig.start_network(subscribers=[{"msisdn": CAROL.msisdn, "imsi": CAROL.imsi, "home_region": CAROL.region,
                                        "script": {"answer_after_ms": 1500, "tone_hz": CAROLS_TONE}}])
        self.alice = self._start_phone("alice", ALICE)
        self.bob = self._start_phone("bob", BOB)

    def _start_phone(self, name, sim):
        pictures = self.rig.folder / f"pictures-of-{name}"
        pictures.mkdir()
        phone = self.rig.start_phone(name, sim, window=True, env=self.env,
                                     arguments=[*self.pulse.devices(name), "--screenshots", pictures])
        phone.register(sim.msisdn, self.rig.server.spool)
        return phone

    def run(self):
        for name, title, story in (("moved", "Alice calls Bob: the call moves to the Internet", self.moved),
                                   ("unregistered", "Alice calls Carol, who has no Ringlift: the call stays", self.unregistered),
                                   ("server_killed", "Alice calls Bob, and the server dies: the call stays", self.server_killed)):
            say(f"\n== {title}")
            self.figures["stories"][name] = self._tell(story)
        self.figures["legs_left"] += self._legs_left()
        return all(self.figures["stories"].values()) and self.figures["legs_left"] == 0

    def _tell(self, story):
        try:
            story()
        except (Timeout, AssertionError) as failure:
            say(f"WRONG: {failure}")
            return False
        return True

    def _legs_left(self):
        calls = sum(len(phone.status()["calls"]) for phone in (self.alice, self.bob))
        return calls + len(self.rig.network.legs())

    def _print(self, trace, callee_name="Bob"):
        for row in trace.timeline("Alice", callee_name):
            say(row)

    # ---- Three stories

    def moved(self):
        trace = CallTrace(self.rig.network, self.alice, self.bob)
        recorders = {name: self.pulse.record(f"{name}_spk.monitor").wait_running() for name in ("alice", "bob")}
        try:
            self._talk(trace)
        finally:
            for name, recorder in recorders.items():
                recorder.stop()
                recorder.save(self.rig.folder / f"heard-by-{name}.wav")
            self.figures["steps_ms"] = trace.steps_ms()
            self._print(trace)
        self._judge_speech()
        ends = [phone.events.last(trace.since(phone), event="end") for phone in (self.alice, self.bob)]
        if not all(end["moved"] for end in ends):
            raise AssertionError("one of the phones says that the call did not move")
        self.figures["lifted"] = True

    def _talk(self, trace):
        trace.note("caller", "dial", self.alice.dial(BOB.msisdn))
        self.bob.wait_ring(trace.since(self.bob))
        self.bob.events.expect_none(RING_SECONDS, trace.since(self.bob), event="end")
        trace.note("callee", "answer", now_us())
        self.bob.ask("answer")
        for phone in (self.alice, self.bob):
            phone.wait(10, trace.since(phone), event="audio", leg="ip", capturing=True)
        for name, wav in (("alice", self.alice_says), ("bob", self.bob_says)):
            self.pulse.speak(name, wav)
        self.alice.wait(10, trace.since(self.alice), event="milestone", name="released")
        self.rig.network.wait_leg(BOB.msisdn, "ended", trace.network_since)
        self.alice.events.expect_none(SPEECH_SECONDS, trace.since(self.alice), event="end")
        self.figures["legs_left"] = len(self.rig.network.legs())
        self.alice.hang_up()
        for phone in (self.alice, self.bob):
            phone.wait_end(trace.since(phone))

    def _judge_speech(self):
        heard = {}
        for name, spoken in (("bob", self.alice_says), ("alice", self.bob_says)):
            result = intelligibility(self.rig.programs.estoi, spoken, self.rig.folder / f"heard-by-{name}.wav")
            heard[name] = result["estoi"]
            say(f"          {name} heard {result['speech_s']:.1f} s of speech, ESTOI {result['estoi']:.3f}")
        self.figures["estoi"] = min(heard.values())
        if self.figures["estoi"] < LEAST_ESTOI:
            raise AssertionError(f"the speech arrived damaged (ESTOI below {LEAST_ESTOI})")

    def unregistered(self):
        trace = CallTrace(self.rig.network, self.alice)
        recorder = self.pulse.record("alice_spk.monitor").wait_running()
        try:
            self.alice.dial(CAROL.msisdn)
            self.rig.network.wait_leg(ALICE.msisdn, "active", trace.network_since)
            self.alice.wait(10, trace.since(self.alice), event="firstaudio", leg="cellular")
            self.alice.events.expect_none(2, trace.since(self.alice), event="end")
            self.alice.hang_up()
            self._expect_stayed(self.alice, trace)
        finally:
            recorder.stop()
            recorder.save(self.rig.folder / "carol-heard-by-alice.wav")
            self._print(trace, "Carol")
        if not hears_tone(recorder.samples(), CAROLS_TONE):
            raise AssertionError("Carol's voice did not come over the phone network")

    def server_killed(self):
        trace = CallTrace(self.rig.network, self.alice, self.bob)
        try:
            self.alice.dial(BOB.msisdn)
            self.alice.wait(5, trace.since(self.alice), event="milestone", name="offer_sent")
            self.rig.server.kill()
            self.bob.wait_ring(trace.since(self.bob))
            self.bob.events.expect_none(RING_SECONDS, trace.since(self.bob), event="end")
            self.bob.ask("answer")
            self.rig.network.wait_leg(ALICE.msisdn, "active", trace.network_since)
            self.alice.events.expect_none(2, trace.since(self.alice), event="end")
            self.alice.hang_up()
            for phone in (self.alice, self.bob):
                self._expect_stayed(phone, trace)
        finally:
            self._print(trace)

    @staticmethod
    def _expect_stayed(phone, trace):
        end = phone.wait_end(trace.since(phone))
        if end["moved"] or not end["answered"]:
            raise AssertionError(f"{phone.name}: the call did not stay on the phone network")


def open_windows(rig):
    """Two registered phones on the screen, until one is closed."""
    rig.start_server()
    rig.start_network()
    phones = []
    for name, sim in (("alice", ALICE), ("bob", BOB)):
        phone = rig.start_phone(name, sim, window=True, arguments=["--title", f"{name.capitalize()} {sim.msisdn}"])
        phone.register(sim.msisdn, rig.server.spool)
        phones.append(phone)
    say(f"Alice's phone is {ALICE.msisdn}, Bob's is {BOB.msisdn}: dial one from the other, answer, and watch which network")
    say("carries the call. Close a window to end everything.")
    wait_for_any(phone.process for phone in phones)


def why_not_keep_in(folder):
    """What is wrong with this folder for --keep, in a sentence; None: nothing. What an earlier run left is not mixed with new things."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        return f"--keep needs a folder, and {folder} is a file"
    return f"--keep needs a new or empty folder, and {folder} holds something already" if any(folder.iterdir()) else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="folder of the build")
    parser.add_argument("--keep", required=True, help="folder for recordings, screenshots and logs")
    parser.add_argument("--windows", action="store_true", help="two windows to try it by hand")
    parser.add_argument("--json", action="store_true", help="end with one JSON line")
    options = parser.parse_args()
    problem = why_not_keep_in(Path(options.keep))
    if problem:
        print(f"demo: {problem}", file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(130))  # through all clean-up
    if options.windows:
        with Rig(options.build, keep=options.keep) as rig:
            open_windows(rig)
        return 0
    with Rig(options.build, keep=options.keep) as rig:
        demo = Demo(rig)
        demo.prepare()
        right = demo.run()
    say(f"\nRecordings, screenshots and logs: {options.keep}")
    say("All three calls went right." if right else "NOT all calls went right.")
    if options.json:
        say(json.dumps(demo.figures))
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
