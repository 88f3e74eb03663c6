"""A phone tries itself: a call to the server's echo peer, which is a process of its own."""

import unittest

from ringlift.case import CallTestCase
from ringlift.rig import ALICE, CAROL

ECHO = "+8613800138099"


class TestCalls(CallTestCase):
    server_settings = {"echo_number": ECHO, "echo_offers": "1/1h"}

    def start_echo(self):
        self.echo = self.rig.start_phone("echo", program=self.rig.programs.ringlift_echo)
        self.echo.register(ECHO, self.server.spool)
        self.echo.wait(10, event="server", online=True)

    def try_call(self, phone):
        since = phone.mark()
        phone.ask("test_call")
        return phone.wait(30, since, event="test_call")

    def test_hears_what_it_says_come_back(self):
        self.start_echo()
        alice = self.start_phone("alice", ALICE)
        since = alice.mark()
        told = self.try_call(alice)
        self.assertEqual(told["outcome"], "passed", told)
        self.assertTrue(0 < told["echo_ms"] < 1000, told)
        self.assertTrue(0 < told["answer_ms"] < 5000, told)
        alice.events.expect_none(0.1, since, event="call")
        self.network.wait_idle()
        self.assertEqual(alice.ask("history")["history"], [])
        self.assertEqual(alice.status()["contacts"], [])

    def test_leaves_nothing_of_a_caller_with_the_echo_peer(self):
        self.start_echo()
        alice = self.start_phone("alice", ALICE)
        self.assertEqual(self.try_call(alice)["outcome"], "passed")
        self.echo.process.signal(15)
        self.echo.wait(10, event="stopped")
        self.echo.process.wait()
        kept = b"".join(path.read_bytes() for path in self.echo.folder.rglob("*") if path.is_file())
        self.assertIn(ECHO.encode(), kept)
        self.assertNotIn(ALICE.msisdn[1:].encode(), kept)

    def test_takes_one_caller_at_a_time(self):
        self.start_echo()
        phones = [self.start_phone("alice", ALICE), self.start_phone("carol", CAROL)]
        since = [phone.mark() for phone in phones]
        for phone in phones:
            phone.ask("test_call")
        told = [phone.wait(30, mark, event="test_call")["outcome"] for phone, mark in zip(phones, since)]
        self.assertEqual(sorted(told), ["not_taken", "passed"])

    def test_is_limited_by_the_server(self):
        self.start_echo()
        alice = self.start_phone("alice", ALICE)
        self.assertEqual(self.try_call(alice)["outcome"], "passed")
        self.assertEqual(self.try_call(alice)["outcome"], "server_refused")

    def test_says_when_there_is_no_echo_peer(self):
        alice = self.start_phone("alice", ALICE)
        self.assertEqual(self.try_call(alice)["outcome"], "no_echo_peer")
        since = alice.mark()
        self.server.kill()
        alice.wait(10, since, event="server", online=False)
        self.assertEqual(self.try_call(alice)["outcome"], "server_unreachable")

    def test_gives_way_to_a_call(self):
        self.start_echo()
        self.start_alice_and_bob()
        since = self.alice.mark()
        self.alice.ask("test_call")
        self.alice.wait(10, since, event="server", online=True)
        trace = self.call_that_moves()
        self.assertEqual(self.alice.wait(10, since, event="test_call")["outcome"], "interrupted")
        self.assertEqual(self.try_call(self.alice)["outcome"], "call_up")
        self.finish(trace)


if __name__ == "__main__":
    unittest.main()
