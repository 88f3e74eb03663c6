"""What all end-to-end tests share."""

import os
from pathlib import Path
import unittest

from .rig import ALICE, BOB, Rig
from .sound import RATE, hears_tone, read_wav, tone, write_wav
from .trace import CallTrace

ALICES_TONE = 440
BOBS_TONE = 660


def build_folder():
    return os.environ["RINGLIFT_BUILD"]


class CallTestCase(unittest.TestCase):
    """A rig for each test, gone after it. Alice and Bob hum different tones, so that a test hears who speaks to whom."""

    switch = {}
    subscribers = ()
    server_settings = {}

    def setUp(self):
        self.rig = self.enterContext(Rig(build_folder()))
        self.network = self.rig.start_network(switch=self.switch, subscribers=self.subscribers)
        self.server = self.rig.start_server(self.server_settings)

    @property
    def speech(self):
        """Folder of alice.wav and bob.wav, made by scripts/speech."""
        return Path(os.environ["RINGLIFT_SPEECH"])

    def hum(self, hertz, seconds=30):
        path = self.rig.folder / f"hum-{hertz}.wav"
        if not path.exists():
            write_wav(path, tone(hertz, seconds))
        return path

    def start_phone(self, name, *sims, mic=None, register=True, **options):
        """With --audio file: speaks `mic`, records what it hears."""
        heard = self.rig.folder / name / "heard.wav"
        arguments = ["--audio", "file", "--speaker", heard, *(("--mic", mic) if mic else ()), *options.pop("arguments", ())]
        phone = self.rig.start_phone(name, *sims, arguments=arguments, **options)
        if register:
            for sim in sims:
                phone.register(sim.msisdn, self.server.spool)
        return phone

    def start_alice_and_bob(self):
        self.alice = self.start_phone("alice", ALICE, mic=self.hum(ALICES_TONE))
        self.bob = self.start_phone("bob", BOB, mic=self.hum(BOBS_TONE))
        return self.alice, self.bob

    # ---- Steps of calls

    def dial(self, caller, number, callee=None, sim=0):
        """The trace of a call that was just dialled."""
        trace = CallTrace(self.network, caller, callee)
        trace.note("caller", "dial", caller.dial(number, sim))
        return trace

    def answer_when_it_rings(self, trace):
        trace.callee.wait_ring(trace.since(trace.callee))
        trace.callee.ask("answer")

    def wait_moved(self, trace, callees_number=BOB.msisdn):
        """Until both phones talk over the Internet and the cellular call is gone."""
        for phone in (trace.caller, trace.callee):
            phone.wait(10, trace.since(phone), event="audio", leg="ip", capturing=True)
        trace.caller.wait(10, trace.since(trace.caller), event="milestone", name="released")
        self.network.wait_leg(callees_number, "ended", trace.network_since)
        trace.callee.wait(10, trace.since(trace.callee), event="leg", leg="cellular", state="ended")

    def call_that_moves(self):
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.wait_moved(trace)
        return trace

    def talk(self, trace, leg, seconds=1.0):
        """Until both have heard each other over that leg for some time."""
        for phone in (trace.caller, trace.callee):
            if phone is not None:
                phone.wait(10, trace.since(phone), event="firstaudio", leg=leg)
        trace.caller.events.expect_none(seconds, trace.since(trace.caller), event="end")

    def finish(self, trace, by=None):
        """Hangs up and returns both phones' last words; no leg and no call is left."""
        (by or trace.caller).hang_up()
        return self.wait_over(trace)

    def wait_over(self, trace):
        phones = [phone for phone in (trace.caller, trace.callee) if phone is not None]
        ends = [phone.wait_end(trace.since(phone)) for phone in phones]
        self.network.wait_idle()
        return ends

    # ---- What they hear

    def heard(self, phone):
        """All that the phone played; ends the phone, for only then is its recording whole."""
        if phone.process.is_running():
            phone.quit()
        return read_wav(phone.speaker)

    def assert_hears(self, phone, hertz):
        self.assertTrue(hears_tone(self.heard(phone), hertz), f"{phone.name} did not hear {hertz} Hz")

    def assert_silent_at_end(self, phone, seconds):
        samples = self.heard(phone)[-int(seconds * RATE):]
        self.assertLess(max(samples, default=0), 300, f"{phone.name} heard something")
