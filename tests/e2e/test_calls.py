"""Calls that move to the Internet, and how they end."""

import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE, CallTestCase
from ringlift.rig import ALICE, BOB, CAROL


class CallsThatMove(CallTestCase):
    def test_shows_both_the_same_digits_to_compare(self):
        self.start_alice_and_bob()
        trace = self.call_that_moves()
        digits = [phone.wait(5, trace.since(phone), event="sas")["sas"] for phone in (self.alice, self.bob)]
        self.assertEqual(digits[0], digits[1])
        self.assertRegex(digits[0], r"^\d{6}$")
        self.finish(trace)

    def test_ends_when_the_callee_hangs_up(self):
        self.start_alice_and_bob()
        trace = self.call_that_moves()
        ends = self.finish(trace, by=self.bob)
        self.assertEqual([end["end"] for end in ends], ["remote_hang_up", "local_hang_up"])

    def test_ends_when_the_caller_gives_up_before_the_answer(self):
        self.start_alice_and_bob()
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.alice.wait(10, trace.since(self.alice), event="milestone", name="peer_alerting")
        for end in self.finish(trace):
            self.assertFalse(end["answered"])

    def test_ends_when_the_callee_declines(self):
        self.start_alice_and_bob()
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.bob.wait(10, trace.since(self.bob), event="incoming")
        self.bob.ask("decline")
        for end in self.wait_over(trace):
            self.assertFalse(end["answered"])

    def test_releases_at_the_ring_of_one_who_has_called_before(self):
        self.start_alice_and_bob()
        back = self.dial(self.bob, ALICE.msisdn, self.alice)
        self.answer_when_it_rings(back)
        self.wait_moved(back, ALICE.msisdn)
        self.finish(back)
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.alice.wait(15, trace.since(self.alice), event="milestone", name="released")
        self.assertIsNone(self.bob.events.last(trace.since(self.bob), event="leg", leg="ip", state="answered"))
        self.answer_when_it_rings(trace)
        self.talk(trace, "ip")
        for end in self.finish(trace):
            self.assertTrue(end["moved"] and end["answered"])

    def test_is_silent_while_muted(self):
        self.start_alice_and_bob()
        trace = self.call_that_moves()
        self.talk(trace, "ip")
        since = self.bob.mark()
        self.alice.ask("mute", on=True)
        self.bob.wait(5, since, event="call", peer_muted=True)
        self.bob.events.expect_none(1.5, since, event="end")
        self.finish(trace)
        self.assert_hears(self.bob, ALICES_TONE)
        self.assert_hears(self.alice, BOBS_TONE)
        self.assert_silent_at_end(self.bob, 1)

    def test_takes_touch_tones(self):
        self.start_alice_and_bob()
        trace = self.call_that_moves()
        self.alice.ask("send_digits", digits="12#")
        for digit in "12#":
            self.bob.wait(5, trace.since(self.bob), event="digits", digits=digit)
        self.finish(trace)

    def test_moves_the_call_of_the_second_sim(self):
        alice = self.alice = self.start_phone("alice", CAROL, ALICE, mic=self.hum(ALICES_TONE), register=False)
        alice.register(ALICE.msisdn, self.server.spool)
        self.bob = self.start_phone("bob", BOB, mic=self.hum(BOBS_TONE))
        trace = self.dial(alice, BOB.msisdn, self.bob, sim=1)
        self.answer_when_it_rings(trace)
        self.wait_moved(trace)
        self.assertEqual(self.network.events.last(trace.network_since, event="leg", msisdn=CAROL.msisdn), None)
        for end in self.finish(trace):
            self.assertTrue(end["moved"])


class AppsThatDie(CallTestCase):
    def test_keeps_the_cellular_call_of_a_killed_app(self):
        self.server.kill()
        self.alice = self.start_phone("alice", ALICE, mic=self.hum(ALICES_TONE), register=False)
        self.bob = self.start_phone("bob", BOB, mic=self.hum(BOBS_TONE), register=False)
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.network.wait_leg(ALICE.msisdn, "active", trace.network_since)
        self.bob.kill()
        self.bob.start()
        self.bob.wait(5, event="call", leg="active")
        self.assertEqual(len(self.network.legs()), 2)
        self.finish(self.restarted(trace))

    def test_tells_the_peer_of_an_app_killed_in_a_moved_call(self):
        self.start_alice_and_bob()
        trace = self.call_that_moves()
        self.bob.kill()
        self.alice.wait(15, trace.since(self.alice), event="call", offers_redial=True)
        self.alice.ask("hangup")
        self.alice.wait_end(trace.since(self.alice))

    def test_redials_after_its_own_death_in_a_moved_call(self):
        self.start_alice_and_bob()
        self.alice.ask("settings", redial_automatically_in_call=True)
        self.call_that_moves()
        since = self.network.events.mark()
        self.alice.kill()
        self.alice.start()
        self.network.wait_leg(ALICE.msisdn, "dialling", since)
        self.network.wait_leg(BOB.msisdn, "ringing", since)
        self.alice.ask("hangup")

    @staticmethod
    def restarted(trace):
        """The same call, in the eyes of a phone that was started again."""
        trace._marks[trace.callee] = 0
        return trace


if __name__ == "__main__":
    unittest.main()
