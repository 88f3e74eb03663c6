"""Registration, and phones without a SIM."""

import unittest

from ringlift.case import ALICES_TONE, BOBS_TONE, CallTestCase
from ringlift.rig import ALICE, BOB


class Registration(CallTestCase):
    def begin(self):
        self.alice = self.start_phone("alice", ALICE, register=False)
        self.alice.ask("register", number=ALICE.msisdn)
        self.alice.wait(10, event="registration", state="code_sent")
        return self.server.spool.wait_code(ALICE.msisdn)

    def test_refuses_a_wrong_code_and_takes_the_right_one(self):
        code = self.begin()
        self.alice.ask("verify", code=f"{(int(code) + 1) % 1000000:06d}")
        wrong = self.alice.wait(10, event="registration", fault="wrong_code")
        self.assertEqual(wrong["tries_left"], 4)
        since = self.alice.mark()
        self.alice.ask("verify", code=code)
        self.alice.wait(10, since, event="registration", state="registered")

    def test_empties_the_spool_on_use(self):
        self.alice_code = self.begin()
        self.alice.ask("verify", code=self.alice_code)
        self.alice.wait(10, event="registration", state="registered")
        self.server.spool.wait_empty()

    def test_survives_the_death_of_phone_and_server(self):
        self.start_alice_and_bob()
        for phone in (self.alice, self.bob):
            phone.kill()
        self.server.kill()
        self.server.start()
        for phone in (self.alice, self.bob):
            phone.start()
            self.assertTrue(phone.ready["registered"])
        self.finish(self.call_that_moves())

    def lock(self, pin):
        since = self.alice.mark()
        self.alice.ask("lock", pin=pin)
        self.assertEqual(self.alice.wait(20, since, event="lock")["fault"], "none")

    def begin_elsewhere(self):
        """Another device registers Alice's number and proves it with the code."""
        since = self.desktop.mark()
        self.desktop.ask("register", number=ALICE.msisdn)
        self.desktop.wait(20, since, event="registration", state="code_sent")
        self.desktop.ask("verify", code=self.server.spool.wait_code(ALICE.msisdn))
        return self.desktop.wait(20, since, event="registration", state=("locked", "registered"))

    def test_locks_the_number_against_another_device(self):
        self.alice = self.start_phone("alice", ALICE)
        self.desktop = self.rig.start_phone("desktop")
        self.lock("2580")
        self.assertEqual(self.begin_elsewhere()["state"], "locked")
        since = self.desktop.mark()
        self.desktop.ask("unlock", pin="0852")
        wrong = self.desktop.wait(20, since, event="registration", state="locked")
        self.assertEqual(wrong["fault"], "locked")
        self.assertGreater(wrong["tries_left"], 0)
        since = self.desktop.mark()
        self.desktop.ask("unlock", pin="2580")
        self.desktop.wait(20, since, event="registration", state="registered")

    def test_unlocks_the_number_when_its_owner_says_so(self):
        self.alice = self.start_phone("alice", ALICE)
        self.desktop = self.rig.start_phone("desktop")
        self.lock("2580")
        self.lock(None)
        self.assertEqual(self.begin_elsewhere()["state"], "registered")

    def test_forgets_a_deleted_account(self):
        self.start_alice_and_bob()
        since = self.bob.mark()
        self.bob.ask("delete_account")
        self.bob.wait(10, since, event="registration", state="none")
        trace = self.dial(self.alice, BOB.msisdn, self.bob)
        self.answer_when_it_rings(trace)
        self.talk(trace, "cellular")
        for end in self.finish(trace):
            self.assertFalse(end["moved"])

    def test_keeps_an_account_that_could_not_be_deleted(self):
        self.start_alice_and_bob()
        self.server.kill()
        since = self.bob.mark()
        self.bob.ask("delete_account")
        change = self.bob.wait(15, since, event="registration")
        self.assertEqual((change["state"], change["fault"]), ("registered", "server_unreachable"))
        self.server.start()
        self.finish(self.call_that_moves())
        self.assertEqual(self.bob.ask("status")["status"]["registration"]["state"], "registered")


class Desktops(CallTestCase):
    """Phones without a SIM: dialled by hand, accepted on screen."""

    def start_desktop(self, name, number, hertz):
        heard = self.rig.folder / name / "heard.wav"
        phone = self.rig.start_phone(name, arguments=["--audio", "file", "--mic", self.hum(hertz), "--speaker", heard])
        phone.ask("settings", contacts_only_manual=False)
        phone.register(number, self.server.spool)
        phone.wait(10, event="server", online=True)
        return phone

    def test_talk_after_the_callee_accepts(self):
        alice = self.start_desktop("alice", ALICE.msisdn, ALICES_TONE)
        bob = self.start_desktop("bob", BOB.msisdn, BOBS_TONE)
        trace = self.dial(alice, BOB.msisdn, bob)
        self.assertTrue(bob.wait(10, trace.since(bob), event="incoming")["manual"])
        bob.ask("answer")
        self.talk(trace, "ip")
        for end in self.finish(trace):
            self.assertTrue(end["answered"])
        self.assert_hears(alice, BOBS_TONE)
        self.assert_hears(bob, ALICES_TONE)

    def test_end_when_the_callee_declines(self):
        alice = self.start_desktop("alice", ALICE.msisdn, ALICES_TONE)
        bob = self.start_desktop("bob", BOB.msisdn, BOBS_TONE)
        trace = self.dial(alice, BOB.msisdn, bob)
        bob.wait(10, trace.since(bob), event="incoming")
        bob.ask("decline")
        for end in self.wait_over(trace):
            self.assertFalse(end["answered"])


if __name__ == "__main__":
    unittest.main()
