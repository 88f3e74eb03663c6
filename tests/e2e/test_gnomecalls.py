"""Phones whose dialer is an unmodified GNOME Calls, on the real ModemManager and feedbackd."""

import shutil
import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE
from ringlift.modemcase import ModemTestCase
from ringlift.pulse import PulseAudio
from ringlift.rig import BOB
from ringlift.session import TOOLS, Display, Session, loudest_until_now
from ringlift.trace import CallTrace

STRANGER = "+4915550999999"
# Louder than this of 32767 is heard.
SILENCE = 30
# README.md: the dialer's ring waits no longer. Where the server knows the answer it comes long before.
FENCE_MS = 4500
ANSWERED_MS = 2000
# The fence has passed by then.
LONG_SECONDS = 5.0


@unittest.skipUnless(all(map(shutil.which, TOOLS)), "GNOME Calls, or what it needs, is not installed")
class CallsOfGnomeCalls(ModemTestCase):
    def setUp(self):
        super().setUp()
        self.sessions = {}
        self.display = Display(self.rig.folder)
        self.rig.on_exit(self.display.close)
        self.pulse = PulseAudio(self.rig.folder, ["alice", "bob"])
        self.rig.on_exit(self.pulse.close)

    def environment(self, name, modem):
        session = Session(name, self.rig.folder / f"{name}-session", modem, self.display, self.pulse)
        self.rig.on_exit(session.close)
        self.sessions[name] = session
        return session.env

    def watch_bob(self):
        """From now on, what Bob's phone plays."""
        since = self.bob.mark()
        self.bob.ask("health")
        self.assertEqual(self.bob.wait(10, since, event="health")["ring"], {"state": "ready", "reason": ""})
        self.bobs_session = self.sessions["bob"]
        self.sound = self.bobs_session.listen()
        self.bobs_mark = self.bobs_session.mark()

    def open_link(self):
        """Alice follows a tel: link to Bob."""
        self.start_both()
        self.watch_bob()
        self.alices_mark = self.sessions["alice"].mark()
        trace = CallTrace(self.network, self.alice, self.bob)
        self.sessions["alice"].open_link(BOB.msisdn)
        return trace

    def open_link_and_match(self):
        trace = self.open_link()
        self.bob.wait(20, trace.since(self.bob), event="incoming")
        return trace

    def moment_of_ring(self, trace):
        return self.network.wait_leg(BOB.msisdn, "ringing", trace.network_since)["t_us"]

    def assert_no_ring(self, trace, swallowed=True):
        """Nothing was played since the network rang Bob's phone, and nobody wanted anything heard. swallowed: though GNOME
        Calls has rung."""
        self.assertLess(loudest_until_now(self.sound, self.moment_of_ring(trace)), SILENCE)
        rings = self.bobs_session.rings(self.bobs_mark)
        self.assertEqual([ring for ring in rings if ring[1]], [])
        if swallowed:
            self.assertIn(("dialer", False), rings)
        self.assertEqual(self.bobs_session.wait_profile("full", 5), "full")

    def assert_one_ring(self, trace, within=ANSWERED_MS):
        """Bob's phone rings in time, and one ring at that; how long that took."""
        rang = self.moment_of_ring(trace)
        heard = self.sound.wait_sound(rang)
        self.assertIsNotNone(heard, "Bob's phone does not ring")
        took = (heard - rang) / 1000
        print(f"{self.id()}: the ring is heard {took:.0f} ms after the network's")
        self.assertLess(took, within)
        self.bob.events.expect_none(1, trace.since(self.bob), event="end")
        self.assertEqual(len([ring for ring in self.bobs_session.rings(self.bobs_mark) if ring[1]]), 1)
        self.assertEqual(self.bobs_session.wait_profile("full", 5), "full")

    def call_from_stranger(self):
        trace = CallTrace(self.network, self.bob)
        self.strangers_leg = self.network.ask("outside_call", callee=BOB.msisdn, shown=STRANGER)["leg"]
        return trace

    # ---- Where there is a match

    def test_moves_a_call_without_a_sound_of_the_dialers(self):
        trace = self.open_link_and_match()
        self.bob.events.expect_none(LONG_SECONDS, trace.since(self.bob), event="end")
        self.bob.ask("answer")
        self.wait_moved(trace)
        self.talk(trace, "ip")
        self.assert_no_ring(trace)
        for end in self.finish(trace):
            self.assertTrue(end["moved"] and end["answered"])
        self.assert_hears(self.bob, ALICES_TONE)
        self.assert_hears(self.alice, BOBS_TONE)

    def test_stays_when_it_is_answered_in_the_dialer(self):
        trace = self.open_link_and_match()
        self.bobs_session.wait_ring(self.bobs_mark)
        self.bobs_session.accept(self.bobs_mark)
        for phone in (self.alice, self.bob):
            phone.wait(10, trace.since(phone), event="leg", leg="cellular", state="active")
            phone.wait(10, trace.since(phone), event="leg", leg="ip", state="ended")
        self.alice.events.expect_none(1, trace.since(self.alice), event="end")
        self.assert_no_ring(trace)
        self.sessions["alice"].hang_up(self.alices_mark)
        for phone, end in zip((self.alice, self.bob), self.wait_over(trace)):
            self.assertEqual((end["moved"], end["answered"], end["why"]), (False, True, "answered_on_cellular"))
            self.assertEqual(phone.events.all(trace.since(phone), event="audio", leg="ip", capturing=True), [])

    def test_ends_when_it_is_rejected_in_the_dialer(self):
        trace = self.open_link_and_match()
        self.bobs_session.hang_up(self.bobs_mark)
        self.assertEqual([end["end"] for end in self.wait_over(trace)], ["declined", "declined"])
        self.assert_no_ring(trace, swallowed=False)

    def test_ends_when_it_is_given_up_in_the_dialer(self):
        trace = self.open_link_and_match()
        self.sessions["alice"].hang_up(self.alices_mark)
        ends = self.wait_over(trace)
        self.assertEqual([end["moved"] for end in ends], [False, False])
        self.assertEqual(ends[0]["end"], "local_hang_up")
        self.assert_no_ring(trace, swallowed=False)

    # ---- Where there is none

    def test_rings_in_time_for_a_stranger(self):
        self.start_both()
        self.watch_bob()
        trace = self.call_from_stranger()
        self.bob.wait(10, trace.since(self.bob), event="milestone", name="ring_let")
        self.assert_one_ring(trace)
        self.network.ask("hangup", leg=self.strangers_leg)
        self.assertFalse(self.bob.wait_end(trace.since(self.bob))["moved"])

    def test_rings_in_time_when_the_server_hangs(self):
        self.start_both()
        self.server.freeze()
        self.watch_bob()
        trace = self.call_from_stranger()
        self.assert_one_ring(trace, within=FENCE_MS)
        self.network.ask("hangup", leg=self.strangers_leg)
        self.assertFalse(self.bob.wait_end(trace.since(self.bob))["moved"])

    def test_rings_once_when_it_is_decided_before_the_dialer_rings(self):
        self.start_both()
        self.server.kill()
        self.watch_bob()
        trace = self.call_from_stranger()
        self.bob.wait(10, trace.since(self.bob), event="milestone", name="ring_let")
        self.assert_one_ring(trace)
        self.assertIn(("dialer", True), self.bobs_session.rings(self.bobs_mark))
        self.network.ask("hangup", leg=self.strangers_leg)
        self.assertEqual(self.bob.wait_end(trace.since(self.bob))["why"], "server_unreachable")
