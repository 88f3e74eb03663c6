"""What users wish for their calls: over which connections they move, with whom, and not before they say so."""

import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE, CallTestCase
from ringlift.rig import ALICE, BOB


class Wishes(CallTestCase):
    def setUp(self):
        super().setUp()
        self.alice = self.start_phone("alice", ALICE, mic=self.hum(ALICES_TONE), arguments=["--network", "cellular,metered"])
        self.bob = self.start_phone("bob", BOB, mic=self.hum(BOBS_TONE), arguments=["--network", "wifi"])

    def call_that_stays(self):
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.talk(trace, "cellular")
        ends = self.finish(trace)
        self.assertFalse(any(end["moved"] for end in ends))
        return trace, ends

    def wait_question(self, phone, trace):
        phone.wait(15, trace.since(phone), event="call", asks_to_move=True)

    def test_moves_over_wifi_only(self):
        self.alice.ask("settings", move_over="wifi")
        trace, ends = self.call_that_stays()
        self.assertEqual(ends[0]["why"], "wifi_only")
        self.alice.events.expect_none(0, trace.since(self.alice), event="milestone", name="offer_sent")
        self.alice.ask("network", kind="wifi")
        trace = self.call_that_moves()
        self.alice.wait(5, trace.since(self.alice), event="moved", notice=True, sound=False)
        self.finish(trace)

    def test_never_moves_with_a_number(self):
        self.bob.ask("contact_rule", number=ALICE.msisdn, rule="never")
        trace, ends = self.call_that_stays()
        self.assertEqual([end["why"] for end in ends], ["no_match", "contact_never"])
        self.bob.events.expect_none(0, trace.since(self.bob), event="milestone", name="arrive_sent")

    def test_moves_when_its_caller_says_so(self):
        self.alice.ask("settings", prompt="ask")
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.wait_question(self.alice, trace)
        self.alice.ask("move")
        self.answer_when_it_rings(trace)
        self.wait_moved(trace)
        self.talk(trace, "ip")
        ends = self.finish(trace)
        self.assertTrue(all(end["moved"] for end in ends))

    def test_is_answered_by_phone_before_its_callee_says_so(self):
        self.bob.ask("settings", prompt="ask")
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.wait_question(self.bob, trace)
        self.bob.ask("answer")
        self.talk(trace, "cellular")
        ends = self.finish(trace)
        self.assertFalse(any(end["moved"] for end in ends))
        self.assertEqual(ends[1]["why"], "not_allowed_in_time")


if __name__ == "__main__":
    unittest.main()
