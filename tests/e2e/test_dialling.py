"""A server that is away, deaf, frozen or killed: the dial goes out at once."""

import unittest

from ringlift.case import CallTestCase
from ringlift.proxy import DeafPort, TcpProxy
from ringlift.rig import ALICE, BOB

MOST_DELAY_US = 5000


class Dialling(CallTestCase):
    """From the command to the leg at the switch at most 5 ms (K1, EM4): of seven dials the second best is looked at, for a
    busy machine may hold up some of them, a server that may hold up dials would hold up all."""

    def setUp(self):
        super().setUp()
        self.proxy = TcpProxy(self.server)
        self.addCleanup(self.proxy.close)

    def start_alice(self):
        self.alice = self.start_phone("alice", ALICE, server=self.proxy)

    def delay_us(self):
        since, alices = self.network.events.mark(), self.alice.mark()
        given = self.alice.dial(BOB.msisdn)
        leg = self.network.wait_leg(ALICE.msisdn, "dialling", since)
        self.alice.wait(5, alices, event="leg", leg="cellular", state="dialling")
        self.alice.hang_up()
        self.alice.wait_end(alices)
        self.network.wait_idle()
        return leg["t_us"] - given

    def assert_prompt(self):
        delays = sorted(self.delay_us() for _ in range(7))
        self.assertLessEqual(delays[1], MOST_DELAY_US, delays)

    def test_is_prompt_while_the_server_is_well(self):
        self.start_alice()
        self.assert_prompt()

    def test_is_prompt_when_the_port_is_closed(self):
        self.start_alice()
        self.proxy.close()
        self.assert_prompt()

    def test_is_prompt_when_no_packet_is_answered(self):
        self.start_alice()
        self.proxy.close()
        deaf = DeafPort(self.proxy.port)
        self.addCleanup(deaf.close)
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
