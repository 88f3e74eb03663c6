"""Phones whose line is a modem of a real ModemManager."""

import shutil
import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE, CallTestCase
from ringlift.modem import Modem
from ringlift.rig import ALICE, BOB
from ringlift.trace import CallTrace

TERMINATED = 7


def as_subscriber(sim):
    return {"msisdn": sim.msisdn, "imsi": sim.imsi, "home_region": sim.region}


@unittest.skipUnless(shutil.which("mmcli") and shutil.which("gdbus"), "ModemManager is not installed")
class CallsOfModems(CallTestCase):
    subscribers = (as_subscriber(ALICE), as_subscriber(BOB))

    def start_modem_phone(self, name, sim, mic, mode="simtech"):
        """A phone with its modem, registered with the code that came as a short message to the modem."""
        modem = Modem(self.rig.folder / f"{name}-modem", self.network, sim.msisdn, mode)
        self.rig.on_exit(modem.close)
        phone = self.start_phone(name, mic=mic, register=False, line="modem", env=modem.env)
        phone.events.find(lambda event: event.get("event") == "line"
                          and any(known["present"] for known in event["sims"]), 0, 20)
        self.register_by_message(phone, sim)
        return phone, modem

    def register_by_message(self, phone, sim):
        since = phone.mark()
        phone.ask("register", number=sim.msisdn)
        code = self.server.spool.wait_code(sim.msisdn)
        self.network.ask("sms", **{"from": "Ringlift", "to": sim.msisdn, "text": "Ringlift code: 000. Lunch?"})
        self.network.ask("sms", **{"from": "Ringlift", "to": sim.msisdn,
                                   "text": f"Ringlift code: {code}. Never tell it to anyone."})
        phone.wait(20, since, event="code_read")
        phone.wait(20, since, event="registration", state="registered")

    def start_both(self, mode="simtech"):
        self.alice, self.alices_modem = self.start_modem_phone("alice", ALICE, self.hum(ALICES_TONE), mode)
        self.bob, self.bobs_modem = self.start_modem_phone("bob", BOB, self.hum(BOBS_TONE), mode)

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
