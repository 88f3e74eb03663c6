"""What others can see: the network, and whoever reads the server's disk or the logs."""

import base64
import os
import select
import signal
import struct
import subprocess
import unittest

from ringlift.case import CallTestCase
from ringlift.rig import ALICE, BOB
from ringlift.sound import read_wav

_AUDIO, _CONTROL, _PROBE = 0x80, 0x81, 0x82
_HEADER, _TAG = 12, 16


def disguises(text):
    """The forms in which a number or IMSI could be written somewhere."""
    digits = text.lstrip("+")
    forms = set()
    for plain in {text.encode(), digits.encode(), digits.encode("utf-16-le"), digits.encode("utf-16-be")}:
        forms.add(plain)
        forms.update((plain.hex().encode(), plain.hex().upper().encode()))
        for shift in range(3):
            # The middle of a base64 text that holds it, whatever stands around it.
            encoded = base64.b64encode(b"\0" * shift + plain)
            core = encoded[4 if shift else 0:len(encoded) - 4]
            forms.update((core, core.replace(b"+", b"-").replace(b"/", b"_")))
    return forms


def secrets():
    return {form for sim in (ALICE, BOB) for text in (sim.msisdn, sim.imsi) for form in disguises(text)}


class Capture:
    """tshark on the loopback interface."""

    def __init__(self, path):
        self._path = path
        self._child = subprocess.Popen(["tshark", "-i", "lo", "-F", "pcap", "-w", path, "-f", "udp or tcp", "-q"],
                                       stderr=subprocess.PIPE)
        seen = b""
        while b"Capturing on" not in seen:
            if not select.select([self._child.stderr], [], [], 20)[0]:
                raise AssertionError("tshark does not capture")
            chunk = os.read(self._child.stderr.fileno(), 4096)
            if not chunk:
                raise AssertionError(f"tshark has ended: {seen.decode()}")
            seen += chunk

    def stop(self):
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGINT)
            self._child.communicate(timeout=20)

    def packets(self):
        """(protocol, source port, destination port, payload) of each IP packet."""
        data = self._path.read_bytes()
        order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
        position = 24
        while position + 16 <= len(data):
            length = struct.unpack_from(order + "I", data, position + 8)[0]
            packet = self._parse(data[position + 16:position + 16 + length])
            if packet:
                yield packet
            position += 16 + length

    @staticmethod
    def _parse(frame):
        """An Ethernet frame, which is what the loopback interface shows."""
        kind, packet = struct.unpack_from(">H", frame, 12)[0], frame[14:]
        if kind == 0x0800:
            protocol, body = packet[9], packet[(packet[0] & 15) * 4:]
        elif kind == 0x86dd:
            protocol, body = packet[6], packet[40:]
        else:
            return None
        source, destination = struct.unpack_from(">HH", body)
        if protocol == 17:
            return "udp", source, destination, body[8:]
        if protocol == 6:
            return "tcp", source, destination, body[(body[12] >> 4) * 4:]
        return None


class Wire(CallTestCase):
    def test_shows_no_number_no_imsi_and_no_audio(self):
        """A call from registration to hang-up; of the voice only packets of one length that look like noise."""
        capture = Capture(self.rig.folder / "wire.pcap")
        self.addCleanup(capture.stop)
        self.alice = self.start_phone("alice", ALICE, mic=self.speech / "alice.wav")
        self.bob = self.start_phone("bob", BOB, mic=self.speech / "bob.wav")
        trace = self.call_that_moves()
        self.alice.events.expect_none(5, trace.since(self.alice), event="end")
        self.finish(trace)
        capture.stop()
        packets = list(capture.packets())
        udp = [payload for protocol, _, _, payload in packets if protocol == "udp"]
        audio = [payload for payload in udp if payload and payload[0] == _AUDIO]
        self.assertGreater(len(audio), 2 * 5 * 50 * 0.9, "too few audio packets were captured")
        self.assertEqual(len({len(payload) for payload in audio}), 1, "audio packets differ in length")
        self.assert_noise(audio)
        wire = [payload for _, source, destination, payload in packets if payload]
        self.assert_absent(wire, secrets(), "a number or an IMSI")
        self.assert_absent(wire, self.pieces_of_speech(), "sound")

    def assert_noise(self, audio):
        """Every byte behind the header takes all values alike: no layout byte, no Opus header, no samples."""
        size = len(audio[0])
        for place in range(_HEADER, size):
            distinct = len({payload[place] for payload in audio})
            self.assertGreater(distinct, 150, f"byte {place} of the audio packets takes only {distinct} values")

    def pieces_of_speech(self):
        """Twelve loud samples in a row, in several places."""
        pieces = set()
        for name in ("alice.wav", "bob.wav"):
            samples = read_wav(self.speech / name)
            for begin in range(0, 5 * 48000, 480):
                part = samples[begin:begin + 12]
                if min(abs(sample) for sample in part) > 200:
                    pieces.add(part.tobytes())
        self.assertTrue(pieces)
        return pieces

    def assert_absent(self, payloads, forms, what):
        stream = b"\0".join(payloads)
        for form in forms:
            self.assertNotIn(form, stream, f"{what} is on the wire in plain text")


class Traces(CallTestCase):
    """No personal data in the server's folders, nor in any log of server and apps (I12, T30, T31)."""

    def test_leave_no_number_and_no_imsi(self):
        self.start_alice_and_bob()
        self.finish(self.call_that_moves())
        self.register_with_a_wrong_code(BOB.msisdn)
        for phone in (self.alice, self.bob):
            phone.quit()
        self.server.close()
        files = [path for path in self.server.folder.rglob("*") if path.is_file() and path.name != "ringliftd.conf"]
        files += [phone.folder / "log" for phone in (self.alice, self.bob)]
        self.assertTrue(any(path.suffix in (".sqlite", ".db") for path in files), [path.name for path in files])
        self.assert_no_secret_in(files)

    def register_with_a_wrong_code(self, number):
        since = self.alice.mark()
        self.alice.ask("register", number=number)
        code = self.server.spool.wait_code(number)
        self.alice.wait(10, since, event="registration", state="code_sent")
        self.alice.ask("verify", code=f"{(int(code) + 1) % 1000000:06d}")
        self.alice.wait(10, since, event="registration", fault="wrong_code")

    def assert_no_secret_in(self, files):
        forms = secrets()
        for path in files:
            content = path.read_bytes()
            for form in forms:
                self.assertNotIn(form, content, f"{path.name} holds a number or an IMSI")


if __name__ == "__main__":
    unittest.main()
