"""The instruments themselves: each has to be able to fail."""

import itertools
from pathlib import Path
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

from ringlift.dialdelay import MOST_DELAY_MS, DialDelay
from ringlift.events import EventLog, Timeout, describe
from ringlift.proxy import Records, TcpProxy
from ringlift.sound import RATE, find_marks, hears_tone, mark_sound, marks_every, tone
from ringlift.timeline import Timeline


class Events(unittest.TestCase):
    def test_wait_finds_what_came_before_and_what_comes_later(self):
        log = EventLog("log")
        log.add({"event": "early", "n": 1})
        self.assertEqual(log.wait(1, event="early")["n"], 1)
        threading.Thread(target=lambda: log.add({"event": "late"})).start()
        log.wait(5, event="late")

    def test_wait_does_not_look_before_its_mark(self):
        log = EventLog("log")
        log.add({"event": "early"})
        with self.assertRaises(Timeout):
            log.wait(0.01, log.mark(), event="early")

    def test_watching_fails_when_the_event_comes_or_the_source_ends(self):
        log = EventLog("log")
        log.expect_none(0.01, event="end")
        log.add({"event": "end"})
        self.assertRaises(Timeout, log.expect_none, 0.01, event="end")
        log.end()
        self.assertRaises(Timeout, log.expect_none, 0.01, event="other")

    def test_descriptions_hold_no_numbers(self):
        text = describe({"event": "call", "peer": "+8613800138000", "number": "+8613800138000", "state": "active"})
        self.assertEqual(text, "event=call state=active")


class Demo(unittest.TestCase):
    def test_demo_says_in_a_line_that_a_folder_is_not_empty(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "run").mkdir()
            demo = subprocess.run([sys.executable, Path(__file__).with_name("demo.py"), "--build", folder, "--keep", folder],
                                  capture_output=True, text=True, timeout=60)
        self.assertEqual(demo.returncode, 2)
        self.assertRegex(demo.stderr, r"\Ademo: --keep needs a new or empty folder, and .*\n\Z")


class Sounds(unittest.TestCase):
    def test_marks_are_found_where_they_are(self):
        sound, positions = marks_every(0.3, 5)
        shifted = sound[:0]
        shifted.extend([0] * 1237)
        shifted.extend(sound)
        found = find_marks(shifted)
        self.assertEqual(len(found), len(positions))
        for place, position in zip(found, positions):
            self.assertAlmostEqual(place, position + 1237, delta=RATE * 0.0002)

    def test_no_marks_are_found_in_a_tone(self):
        self.assertEqual(find_marks(tone(440, 1)), [])

    def test_a_tone_is_told_from_another_and_from_silence(self):
        self.assertTrue(hears_tone(tone(440, 1), 440))
        self.assertFalse(hears_tone(tone(660, 1), 440))
        self.assertFalse(hears_tone(mark_sound()[:0], 440))


class Proxies(unittest.TestCase):
    def test_records_are_counted_across_pieces(self):
        stream = b"".join(b"\x17\x03\x03" + len(body).to_bytes(2, "big") + body for body in (b"abc", b"", b"x" * 300))
        records = Records()
        passed = b"".join(records.split(stream[i:i + 1], None) for i in range(len(stream)))
        self.assertEqual((passed, records.count), (stream, 3))
        self.assertEqual(Records().split(stream, 2), stream[:8 + 5])

    def proxied(self, **options):
        """A client, and the server's end of its connection through a proxy."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.port, self.ca = listener.getsockname()[1], None
        proxy = TcpProxy(self, **options)
        self.addCleanup(proxy.close)
        client = socket.create_connection(("127.0.0.1", proxy.port))
        self.addCleanup(client.close)
        server, _ = listener.accept()
        self.addCleanup(server.close)
        client.settimeout(5)
        return proxy, client, server

    def test_a_frozen_connection_carries_what_came_before_and_nothing_after(self):
        record = b"\x17\x03\x03\x00\x01a"
        proxy, client, server = self.proxied(after=1)
        server.sendall(record + record)
        self.assertEqual(client.recv(100), record)
        self.assertTrue(proxy.triggered.wait(5))
        client.settimeout(0.05)
        self.assertRaises(TimeoutError, client.recv, 100)

    def test_a_cut_connection_ends(self):
        record = b"\x17\x03\x03\x00\x01a"
        _, client, server = self.proxied(after=1, fault="cut")
        server.sendall(record)
        self.assertEqual(client.recv(100), record)
        self.assertEqual(client.recv(100), b"")


class _Line:
    """Phone network and phone in one, whose dials take the given times again and again."""

    def __init__(self, taken_ms):
        self._taken_ms = itertools.cycle(taken_ms)
        self.dials = 0
        self.events = self

    def mark(self):
        return 0

    def dial(self, _number):
        self.dials += 1
        return 0

    def wait(self, *_, **__):
        pass

    def wait_leg(self, _msisdn, state, _since):
        return {"t_us": 1000 * next(self._taken_ms)} if state == "dialling" else None

    hang_up = wait_end = wait


class Delays(unittest.TestCase):
    @staticmethod
    def delay(taken_ms, plain_ms):
        """Of dials that take these times, and plain ones in turn with them."""
        line = _Line([value for pair in zip(plain_ms, taken_ms) for value in pair])
        return line, DialDelay(line, (line, "a"), (line, "b"), "c")

    def test_dials_that_are_held_up_are_told(self):
        late = MOST_DELAY_MS + 2
        for taken_ms in ([late] * 5, [1, late, late]):
            self.assertRaises(AssertionError, self.delay(taken_ms, [1] * 5)[1].check)

    def test_a_busy_machine_is_not_taken_for_a_server_that_holds_up_dials(self):
        self.assertEqual(self.delay([1, 90, 1, 2, 1], [1] * 5)[1].check(), 0)
        self.assertEqual(self.delay([30, 32, 31], [30, 29, 31])[1].check(), 1)

    def test_where_few_dials_are_late_more_are_asked(self):
        line, delay = self.delay([90] * 6 + [1] * 24, [1] * 30)
        self.assertEqual(delay.check(), 0)
        self.assertEqual(line.dials, 60)


class Timelines(unittest.TestCase):
    def test_show_the_moments_in_order(self):
        timeline = Timeline(("a", "b"))
        timeline.add(2500, "b", "second")
        timeline.add(1000, "a", "first")
        self.assertEqual(timeline.lines(), ["      ms  a      b", "     0.0  first", "     1.5         second"])


if __name__ == "__main__":
    unittest.main()
