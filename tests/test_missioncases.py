"""missioncases.txt names a test for each case, and each of them is there."""

from pathlib import Path
import re
import unittest

TESTS = Path(__file__).resolve().parent
CASES = """call forwarding; voicemail picks up first; call waiting; hidden caller-ID; two callers at once; both call each other at
once; callee roaming; caller's data off; server clock skew; one number on two SIMs; two numbers on one IMSI; ported number; recycled
number; SIM swapped between two registered phones; national and international input; leading 00, +, carrier prefix; post-dial digits;
MMI codes; short codes; premium numbers; numbers that merely start like an emergency number; role or permission lost; app updated in
a call; a cellular call during a moved call; a moved call ended while the cellular leg still alerts; Bluetooth connected in a call;
headset button; screen reader on"""


def named_tests():
    """The tests of each case, as pairs of file and function."""
    lines = (TESTS / "missioncases.txt").read_text().splitlines()
    cases = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {case: [tuple(test.split()) for test in tests.split(" | ")] for case, tests in cases}


class MissionCases(unittest.TestCase):
    def test_has_tests_for_every_case(self):
        self.assertEqual(sorted(named_tests()), sorted(re.sub(r"\s+", " ", CASES).split("; ")))

    def test_names_tests_that_exist(self):
        for case, tests in named_tests().items():
            for file, function in tests:
                with self.subTest(case=case, test=f"{file} {function}"):
                    self.assertRegex((TESTS / file).read_text(), rf"(void |::|def ){function}\(")


if __name__ == "__main__":
    unittest.main()
