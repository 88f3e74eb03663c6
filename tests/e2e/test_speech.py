"""How well speech arrives."""

import unittest

from ringlift.case import CallTestCase
from ringlift.rig import ALICE, BOB
from ringlift.sound import intelligibility

# The demo asks for 0.97 over 20 s; the first seconds, in which the jitter buffer settles, weigh more here.
LEAST_ESTOI = 0.95


class Speech(CallTestCase):
    def test_carries_speech_both_ways(self):
        alice = self.alice = self.start_phone("alice", ALICE, mic=self.speech / "alice.wav")
        bob = self.bob = self.start_phone("bob", BOB, mic=self.speech / "bob.wav")
        trace = self.call_that_moves()
        self.assertEqual(self.network.legs(), [])
        alice.events.expect_none(8, trace.since(alice), event="end")
        for end in self.finish(trace):
            self.assertTrue(end["moved"] and end["answered"])
        for phone, spoken in ((bob, "alice.wav"), (alice, "bob.wav")):
            phone.quit()
            result = intelligibility(self.rig.programs.estoi, self.speech / spoken, phone.speaker)
            self.assertGreaterEqual(result["estoi"], LEAST_ESTOI, result)
            self.assertGreater(result["speech_s"], 5, result)


if __name__ == "__main__":
    unittest.main()
