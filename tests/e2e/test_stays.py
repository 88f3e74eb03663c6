"""Calls that stay on the phone network, with their voice, and why."""

import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE, CallTestCase
from ringlift.rig import ALICE, BOB, CAROL

CAROLS_TONE = 520


def scripted(sim, **fields):
    return {"msisdn": sim.msisdn, "imsi": sim.imsi, "home_region": sim.region, **fields}


class StayTestCase(CallTestCase):
    def start_alice(self):
        self.alice = self.start_phone("alice", ALICE, mic=self.hum(ALICES_TONE))

    def assert_stayed(self, ends, answered=True):
        for end in ends:
            self.assertFalse(end["moved"])
            self.assertEqual(end["answered"], answered)


class CallsThatStay(StayTestCase):
    subscribers = [scripted(CAROL, script={"behaviour": "answers", "answer_after_ms": 300, "tone_hz": CAROLS_TONE})]

    def test_stays_when_the_callee_has_no_ringlift(self):
        self.start_alice()
        trace = self.dial(self.alice, CAROL.msisdn)
        self.talk(trace, "cellular")
        self.alice.events.expect_none(1, trace.since(self.alice), event="end")
        self.assert_stayed(self.finish(trace))
        self.assert_hears(self.alice, CAROLS_TONE)

    def test_carries_voice_both_ways_when_neither_has_registered(self):
        self.alice = self.start_phone("alice", ALICE, mic=self.hum(ALICES_TONE), register=False)
        self.bob = self.start_phone("bob", BOB, mic=self.hum(BOBS_TONE), register=False)
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.talk(trace, "cellular")
        ends = self.finish(trace, by=self.bob)
        self.assert_stayed(ends)
        self.assertEqual(ends[0]["why"], "not_registered")
        self.assert_hears(self.alice, BOBS_TONE)
        self.assert_hears(self.bob, ALICES_TONE)

    def test_stays_when_the_callers_number_is_hidden(self):
        self.start_alice_and_bob()
        trace = self.dial(self.alice, f"#31#{BOB.msisdn}", self.bob)
        self.answer_when_it_rings(trace)
        self.talk(trace, "cellular")
        ends = self.finish(trace)
        self.assert_stayed(ends)
        self.assertEqual([end["why"] for end in ends], ["own_number_withheld", "caller_id_withheld"])

    def test_stays_when_the_user_wants_it_to(self):
        self.start_alice_and_bob()
        self.alice.ask("settings", move_calls=False)
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.talk(trace, "cellular")
        ends = self.finish(trace)
        self.assert_stayed(ends)
        self.assertEqual(ends[0]["why"], "switched_off")

    def test_stays_when_an_emergency_number_is_dialled(self):
        self.start_alice()
        trace = self.dial(self.alice, "112")
        leg = self.network.wait_leg(ALICE.msisdn, "active", trace.network_since, emergency=True)
        self.network.ask("hangup", leg=leg["leg"])
        self.network.wait_idle()
        self.assertEqual(self.alice.events.all(trace.since(self.alice), event="milestone"), [])


class CalleesThatDoNotAnswer(StayTestCase):
    subscribers = [scripted(CAROL, script={"behaviour": "busy"})]
    switch = {"no_answer_after_ms": 800}

    def test_ends_when_the_callee_is_busy(self):
        self.start_alice()
        trace = self.dial(self.alice, CAROL.msisdn)
        end = self.wait_over(trace)[0]
        self.assertEqual((end["end"], end["answered"], end["moved"]), ("busy", False, False))

    def test_ends_when_nobody_answers(self):
        self.network.ask("provision", msisdn=CAROL.msisdn, script={"behaviour": "never_answers"})
        self.start_alice()
        trace = self.dial(self.alice, CAROL.msisdn)
        end = self.wait_over(trace)[0]
        self.assertEqual((end["end"], end["answered"], end["moved"]), ("no_answer", False, False))

    def test_rings_on_over_the_internet_when_the_network_gives_up(self):
        self.start_alice_and_bob()
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.network.wait_leg(ALICE.msisdn, "ended", trace.network_since)
        self.bob.wait_ring(trace.since(self.bob))
        self.bob.ask("answer")
        self.talk(trace, "ip")
        self.finish(trace)

    def test_stays_when_the_voicemail_answers(self):
        self.network.ask("provision", msisdn=BOB.msisdn, imsi=BOB.imsi, home_region=BOB.region,
                         voicemail={"after_ms": 500, "tone_hz": CAROLS_TONE})
        self.start_alice_and_bob()
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.alice.wait(10, trace.since(self.alice), event="firstaudio", leg="cellular")
        self.alice.events.expect_none(1, trace.since(self.alice), event="end")
        ends = self.finish(trace)
        self.assertEqual((ends[0]["moved"], ends[1]["answered"]), (False, False))
        self.assert_hears(self.alice, CAROLS_TONE)

    def test_stays_when_the_call_is_forwarded(self):
        self.network.ask("provision", msisdn=CAROL.msisdn, script={"behaviour": "answers", "answer_after_ms": 300,
                                                                    "tone_hz": CAROLS_TONE})
        self.network.ask("provision", msisdn=BOB.msisdn, imsi=BOB.imsi, home_region=BOB.region,
                         forwarding={"unconditional": CAROL.msisdn})
        self.start_alice_and_bob()
        trace = self.dial(self.alice, BOB.msisdn)
        self.talk(trace, "cellular")
        self.assert_stayed(self.finish(trace))
        self.assert_hears(self.alice, CAROLS_TONE)
        self.assertIsNone(self.bob.events.last(0, event="incoming"))


if __name__ == "__main__":
    unittest.main()
