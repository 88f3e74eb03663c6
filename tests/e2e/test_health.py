"""Would a call be caught? What a phone says of itself, before and after it has tried its server."""

import unittest

from ringlift.case import CallTestCase
from ringlift.rig import ALICE


class Health(CallTestCase):
    def setUp(self):
        super().setUp()
        self.alice = self.start_phone("alice", ALICE, arguments=["--network", "wifi"])
        self.alice.quit()
        self.alice.start()

    def health(self, probe):
        since = self.alice.events.mark()
        self.alice.ask("health", probe=probe)
        told = self.alice.wait(10, since, event="health")
        return told, {check["name"]: check for check in told["checks"]}

    def test_tries_the_server_when_asked_and_leaves_it(self):
        told, checks = self.health(probe=False)
        self.assertEqual((told["verdict"], checks["server"]["reason"]), ("perhaps", "not_tried"))
        self.assertGreater(checks["registration"]["at"], 0)
        self.assertEqual(told["ring"], {"state": "none", "reason": ""})
        since = self.alice.events.mark()
        told, checks = self.health(probe=True)
        self.assertEqual((told["verdict"], told["probe"], checks["server"]["reason"]), ("yes", "done", "logged_in"))
        self.assertLess(checks["server"]["took_ms"], 5000)
        self.alice.wait(1, since, event="server", online=False)

    def test_says_when_the_server_is_away(self):
        self.server.kill()
        told, checks = self.health(probe=True)
        self.assertEqual((told["verdict"], checks["server"]["state"]), ("no", "problem"))
        self.assertEqual(checks["server"]["reason"], "unreachable")


if __name__ == "__main__":
    unittest.main()
