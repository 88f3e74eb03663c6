"""Contacts that get a new phone."""

import unittest

from ringlift.case import BOBS_TONE, CallTestCase
from ringlift.rig import BOB


class NewPhones(CallTestCase):
    def verify_each_other(self):
        trace = self.call_that_moves()
        for phone in (self.alice, self.bob):
            phone.ask("sas", same=True)
            phone.wait(5, trace.since(phone), event="call", trust="verified")
        self.finish(trace)

    def replace_bobs_phone(self):
        """The same SIM and number, and nothing else of the old phone."""
        self.bob.quit()
        self.bob = self.start_phone("newbob", BOB, mic=self.hum(BOBS_TONE))

    def call_that_stays(self):
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.talk(trace, "cellular")
        return trace

    def confirm(self, **compared):
        return self.alice.try_to("confirm_pin", number=BOB.msisdn, **compared)

    def test_confirms_a_verified_contacts_new_phone_by_its_code(self):
        self.start_alice_and_bob()
        self.verify_each_other()
        self.replace_bobs_phone()
        trace = self.call_that_stays()
        told = [phone.events.last(trace.since(phone), event="call") for phone in (self.alice, self.bob)]
        self.assertEqual([call["why"] for call in told], ["peer_identity_changed", "unconfirmed_by_peer"])
        self.assertEqual(told[0]["safety_number"], "")
        code = told[1]["safety_number"]
        self.assertRegex(code, r"^\d{60}$")
        self.assertEqual(self.confirm()["code"], "comparison_needed")
        other = ("1" if code[0] == "0" else "0") + code[1:]
        self.assertEqual(self.confirm(compared=other)["code"], "different_number")
        self.assertTrue(self.confirm(compared=code)["ok"])
        self.alice.wait(5, trace.since(self.alice), event="identity", peer=BOB.msisdn, waits=False)
        for end in self.finish(trace):
            self.assertFalse(end["moved"])
        trace = self.call_that_moves()
        self.assertEqual(self.alice.events.last(trace.since(self.alice), event="call")["trust"], "verified")
        for end in self.finish(trace):
            self.assertTrue(end["moved"])

    def test_moves_a_contacts_calls_when_its_user_wants(self):
        self.start_alice_and_bob()
        refused = self.alice.try_to("hand_over", number=BOB.msisdn, when="at_ring")
        self.assertEqual(refused["code"], "no_such_contact")
        self.finish(self.call_that_moves())
        self.alice.ask("hand_over", number=BOB.msisdn, when="at_ring")
        self.alice.wait(5, 0, event="contact", peer=BOB.msisdn, known=True, hand_over="at_ring")
        self.assertEqual(self.alice.ask("status")["status"]["contacts"][0]["hand_over"], "at_ring")
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.alice.wait(10, trace.since(self.alice), event="milestone", name="released")
        self.assertIsNone(self.alice.events.last(trace.since(self.alice), event="milestone", name="peer_answered"))
        self.answer_when_it_rings(trace)
        self.talk(trace, "ip")
        self.finish(trace)


if __name__ == "__main__":
    unittest.main()
