"""The judge of the kill matrix finds what it is there to find, in made-up logs."""

import unittest

from matrixjudge import Judge

A, B, C = "+8613800138000", "+4915550123456", "+8613900139000"
SECOND = 1_000_000


class Log:
    """Events of one call from `a` to `b`, each at a second of its own."""

    def __init__(self):
        self.events = []

    def add(self, at, who, event, **fields):
        self.events.append({"who": who, "event": event, "t_us": round(at * SECOND), **fields})
        return self

    def leg(self, at, state, msisdn=A, direction="outgoing", emergency=False, leg=1, end="not_ended"):
        return self.add(at, "switch", "leg", leg=leg, call=1, msisdn=msisdn, direction=direction, state=state, emergency=emergency,
                        end=end)

    def dial(self, at=0):
        return self.add(at, "script", "dialled", by="a", number=B).leg(at, "dialling")

    def call(self, at, who, ip, moved):
        return self.add(at, who, "call", call="c1", ip=ip, moved=moved)

    def moved(self, at):
        self.call(at, "a", "answered", True).call(at, "b", "answered", True)
        return self.microphones(at, True).leg(at, "ended")

    def microphones(self, at, are_open):
        for who in ("a", "b"):
            self.add(at, who, "audio", call="c1", leg="ip", capturing=are_open)
        return self

    def verdict(self, expects="talk"):
        return Judge({"a": A, "b": B}, expects, {"c": C}).judge(self.events)


class JudgeTest(unittest.TestCase):
    def test_is_content_with_a_call_that_moves(self):
        verdict = Log().dial().moved(2).add(5, "script", "spoke", over="internet").verdict()
        self.assertTrue(verdict.is_good, verdict)
        self.assertEqual((verdict.outcome, verdict.gap_ms), ("Internet", 0))

    def test_is_content_with_a_redial_within_ten_seconds(self):
        log = Log().dial().moved(2).add(5, "script", "cut", phone="a")
        log.add(11, "a", "milestone", name="redial").leg(11.1, "dialling", leg=2).leg(12, "active", leg=2)
        verdict = log.add(14, "script", "spoke", over="cellular").verdict()
        self.assertTrue(verdict.is_good, verdict)
        self.assertEqual((verdict.outcome, verdict.gap_ms), ("phone", 6000))

    def test_finds_a_call_without_any_leg(self):
        self.assertTrue(Log().dial().leg(1, "ended").add(20, "script", "over").verdict().lost)

    def test_finds_a_redial_that_comes_too_late(self):
        log = Log().dial().moved(2).add(5, "script", "cut", phone="b").add(16, "a", "milestone", name="redial")
        log.leg(16.1, "dialling", leg=2).add(20, "script", "spoke", over="cellular")
        self.assertTrue(log.verdict().lost)

    def test_finds_a_leg_on_which_nobody_speaks(self):
        self.assertTrue(Log().dial().leg(1, "active").add(30, "script", "over").verdict().lost)

    def test_does_not_take_a_dead_phone_for_a_leg(self):
        log = Log().dial().moved(2).add(5, "script", "killed", phone="a").add(20, "script", "over")
        self.assertTrue(log.verdict().lost)

    def test_does_not_take_a_call_for_help_for_the_call(self):
        log = Log().dial().leg(1, "ended").leg(1, "active", emergency=True, leg=2).add(20, "script", "over")
        self.assertTrue(log.verdict().lost)

    def test_excuses_what_the_phone_network_took(self):
        log = Log().dial().add(1, "script", "no_service", phone="b").leg(1.1, "ended").add(20, "script", "over")
        verdict = log.verdict()
        self.assertTrue(verdict.is_good, verdict)
        self.assertEqual(verdict.outcome, "no network")

    def test_excuses_a_dial_that_the_network_refuses(self):
        self.assertTrue(Log().dial().leg(1, "ended", end="busy").add(20, "script", "over").verdict().is_good)

    def test_does_not_excuse_a_redial_that_the_network_refuses(self):
        log = Log().dial().moved(2).add(5, "script", "cut", phone="a").add(11, "a", "milestone", name="redial")
        log.leg(11.1, "dialling", leg=2).leg(11.8, "ended", leg=2, end="busy").add(30, "script", "over")
        self.assertTrue(log.verdict().lost)

    def test_does_not_excuse_a_moved_call_that_dies_after_the_phone_network(self):
        log = Log().dial().moved(2).add(3, "script", "no_service", phone="b").add(4, "script", "service", phone="b")
        self.assertTrue(log.call(5, "a", "ended", True).add(20, "script", "over").verdict().lost)

    def test_wants_nothing_after_a_hang_up(self):
        log = Log().dial().moved(2).add(5, "script", "hung_up", by="a").call(5.1, "a", "ended", True).add(20, "script", "over")
        self.assertTrue(log.verdict().is_good)

    def test_finds_a_redial_of_somebody_who_has_hung_up(self):
        for who, expected in (("a", True), ("b", False)):
            log = Log().dial().moved(2).add(5, "script", "hung_up", by="a").add(6, who, "milestone", name="redial")
            self.assertEqual(log.add(20, "script", "over").verdict().placed_again, expected)

    def test_finds_a_match_of_two_who_did_not_dial_each_other(self):
        log = Log().dial().add(1, "b", "match", peer=C).moved(2).add(5, "script", "spoke", over="internet")
        self.assertTrue(log.verdict().wrong_match)

    def test_accepts_a_match_of_somebody_else_who_dialled(self):
        log = Log().dial().moved(2).add(5, "script", "spoke", over="internet").add(3, "script", "dialled", by="c", number=B)
        self.assertFalse(log.add(4, "b", "match", peer=C).verdict().wrong_match)

    def test_finds_an_offer_of_a_number_that_nobody_dialled(self):
        log = Log().dial().add(1, "wire of a", "said", message={"type": "call.offer", "callee": C})
        self.assertTrue(log.verdict().wrong_match)

    def test_finds_an_emergency_number_in_any_form(self):
        for number in ("112", "+49112", "+86110", "0112"):
            with self.subTest(number=number):
                log = Log().dial().add(1, "wire of a", "said", message={"type": "call.arrive", "cli": [number]})
                self.assertTrue(log.verdict().emergency_submitted)

    def test_does_not_take_other_numbers_for_help(self):
        log = Log().dial().add(1, "wire of a", "said", message={"type": "call.offer", "callee": B, "msisdn": A})
        self.assertFalse(log.verdict().emergency_submitted)

    def test_finds_voice_on_both_legs(self):
        log = Log().dial().moved(2).add(5, "script", "spoke", over="internet").microphones(6, False)
        log.add(7, "script", "voice", phone="a", begin_us=1 * SECOND, end_us=round(2.3 * SECOND))
        self.assertTrue(log.verdict().both_legs_audio)

    def test_lets_the_notice_of_one_moment_pass(self):
        log = Log().dial().moved(2).add(5, "script", "spoke", over="internet").microphones(6, False)
        log.add(7, "script", "voice", phone="b", begin_us=1 * SECOND, end_us=round(2.05 * SECOND))
        self.assertFalse(log.verdict().both_legs_audio)


if __name__ == "__main__":
    unittest.main()
