"""What a modem hears and says: the two ends of its PCM socket."""

from array import array
import math
import select
import socket
import threading
import time

from .events import Timeout, now_us
from .sound import RATE, power_at

_FRAME = RATE // 50
_FRAME_SECONDS = 0.02
_SILENCE_SECONDS = 0.1


class ModemVoice:
    """Hums into the modem all the time and keeps what comes out of it: voice passes only while its call is active at both ends."""

    def __init__(self, address, hertz):
        step = 2 * math.pi * hertz / RATE
        # A whole number of periods in a frame, so that frames join.
        assert (hertz * _FRAME) % RATE == 0
        self._frame = array("h", (int(9000 * math.sin(step * i)) for i in range(_FRAME))).tobytes()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(address))
        self._socket.setblocking(False)
        self._heard = []
        self._rest = b""
        self._changed = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def _run(self):
        due = time.monotonic()
        try:
            while self._open:
                wait = due - time.monotonic()
                if wait <= 0:
                    due += _FRAME_SECONDS
                    self._say()
                elif select.select([self._socket], [], [], wait)[0] and not self._hear():
                    return
        except OSError:
            return

    def _say(self):
        try:
            self._socket.send(self._frame)
        except BlockingIOError:
            pass

    def _hear(self):
        data = self._socket.recv(65536)
        t_us = now_us()
        with self._changed:
            data = self._rest + data
            whole = len(data) - len(data) % 2
            self._rest = data[whole:]
            self._heard.append((t_us, data[:whole]))
            self._changed.notify_all()
        return bool(data)

    def forget(self):
        with self._changed:
            self._heard.clear()

    def times(self, since_us=0):
        """When something came: microseconds, ascending."""
        with self._changed:
            return [t_us for t_us, data in self._heard if t_us >= since_us and data]

    def spans(self, since_us=0):
        """[begin, end] of each stretch of voice."""
        found = []
        for t_us in self.times(since_us):
            if found and t_us - found[-1][1] < 1_000_000 * _SILENCE_SECONDS:
                found[-1][1] = t_us
            else:
                found.append([t_us, t_us])
        return found

    def wait_tone(self, hertz, since_us, timeout, seconds=0.2, share=0.8):
        """When the first stretch of that length after since_us, mostly of that tone, had been heard. Raises Timeout."""
        deadline = time.monotonic() + timeout
        size = int(RATE * seconds)
        gathered = array("h")
        position = 0
        with self._changed:
            while True:
                while position < len(self._heard):
                    t_us, data = self._heard[position]
                    position += 1
                    if t_us >= since_us:
                        gathered.frombytes(data)
                    if len(gathered) >= size:
                        if max(gathered) > 300 and power_at(gathered, hertz) >= share:
                            return t_us
                        gathered = gathered[-size // 2:]
                left = deadline - time.monotonic()
                if left <= 0:
                    raise Timeout(f"the modem did not hear {hertz} Hz within {timeout:g} s")
                self._changed.wait(left)

    def close(self):
        self._open = False
        self._thread.join(2)
        self._socket.close()
