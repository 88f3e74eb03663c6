"""The way back: a call that moved goes on by phone when the Internet is gone."""

import unittest

from returning import MOST_SECONDS, Returns
from ringlift.case import build_folder
from ringlift.internet import Internet
from ringlift.world import World, is_possible


@unittest.skipUnless(is_possible(), "ModemManager is not installed")
class Return(unittest.TestCase):
    def test_returns_to_the_phone_network_in_mid_call(self):
        world = self.enterContext(World(build_folder(), Internet()))
        self.assertLessEqual(Returns(world).run(), MOST_SECONDS)


if __name__ == "__main__":
    unittest.main()
