"""A server that is away, deaf, frozen or killed: the dial goes out at once."""

import unittest

from ringlift.case import CallTestCase
from ringlift.dialdelay import DialDelay
from ringlift.proxy import TcpProxy
from ringlift.rig import ALICE, BOB, CAROL


class Dialling(CallTestCase):
    """From the command to the leg at the switch a server adds at most 5 ms (K1, EM4), as DialDelay measures it."""

    def setUp(self):
        super().setUp()
        self.proxy = TcpProxy(self.server)
        self.addCleanup(self.proxy.close)

    def start_alice(self):
        self.alice = self.start_phone("alice", ALICE, server=self.proxy)
        self.carol = self.start_phone("carol", CAROL, register=False)

    def assert_prompt(self):
        delay = DialDelay(self.network, (self.alice, ALICE.msisdn), (self.carol, CAROL.msisdn), BOB.msisdn)
        delay.check()
        self.network.wait_idle()

    def test_is_prompt_while_the_server_is_well(self):
        self.start_alice()
        self.assert_prompt()

    def test_is_prompt_when_the_port_is_closed(self):
        self.start_alice()
        self.proxy.close()
        self.assert_prompt()

    def test_is_prompt_when_no_packet_is_answered(self):
        self.start_alice()
        self.addCleanup(self.proxy.go_deaf().close)
        self.assert_prompt()

    def test_is_prompt_when_the_server_takes_connections_and_is_silent(self):
        self.start_alice()
        self.proxy.after = 0
        self.assert_prompt()

    def test_is_prompt_when_the_server_is_frozen(self):
        self.start_alice()
        self.server.freeze()
        self.assert_prompt()

    def test_is_prompt_when_the_server_freezes_on_a_logged_in_phone(self):
        self.start_alice()
        self.alice.wait(10, event="server", online=True)
        self.server.freeze()
        self.assert_prompt()

    def test_is_prompt_when_the_server_is_killed(self):
        self.start_alice()
        self.server.kill()
        self.assert_prompt()


if __name__ == "__main__":
    unittest.main()
