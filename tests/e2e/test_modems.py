"""Phones whose line is a modem of a real ModemManager."""

import shutil
import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE
from ringlift.modemcase import ModemTestCase
from ringlift.rig import BOB
from ringlift.trace import CallTrace

TERMINATED = 7


@unittest.skipUnless(shutil.which("mmcli") and shutil.which("gdbus"), "ModemManager is not installed")
class CallsOfModems(ModemTestCase):
    def dial_with_another_dialer(self):
        trace = CallTrace(self.network, self.alice, self.bob)
        self.alices_call = self.alices_modem.dial(BOB.msisdn)
        return trace

    def move_and_talk(self):
        trace = self.dial_with_another_dialer()
        self.answer_when_it_rings(trace)
        self.wait_moved(trace)
        self.talk(trace, "ip")
        # The modems' own lists say so too.
        self.assertEqual(self.alices_modem.state_of(self.alices_call), TERMINATED)
        for call in self.bobs_modem.calls():
            self.assertEqual(self.bobs_modem.state_of(call), TERMINATED)
        ends = self.finish(trace)
        for end in ends:
            self.assertTrue(end["moved"] and end["answered"])
        self.assert_hears(self.bob, ALICES_TONE)
        self.assert_hears(self.alice, BOBS_TONE)

    def test_moves_a_call_that_another_dialer_dials(self):
        self.start_both()
        line = self.alice.status()["line"]
        self.assertEqual((line["kind"], line["state"], line["service"]), ("modem", "up", "ModemManager"))
        self.assertIn("ModemManager has a modem", line["reason"])
        self.move_and_talk()

    def test_moves_a_call_of_modems_that_have_to_be_asked(self):
        self.start_both("generic")
        self.move_and_talk()

    def test_leaves_a_call_alone_that_nobody_lifts(self):
        self.start_both()
        self.bob.quit()
        trace = CallTrace(self.network, self.alice, None)
        call = self.alices_modem.dial(BOB.msisdn)
        self.network.wait_leg(BOB.msisdn, "ringing", trace.network_since)
        self.alice.wait(10, trace.since(self.alice), event="leg", leg="ip", state="offered")
        self.assertNotEqual(self.alices_modem.state_of(call), TERMINATED)
        self.alice.hang_up()
        self.alice.wait_end(trace.since(self.alice))
        self.network.wait_idle()
