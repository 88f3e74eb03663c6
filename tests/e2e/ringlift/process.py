"""Child processes that speak JSON lines."""

import ctypes
import json
import os
import select
import signal
import subprocess
import threading

from .events import EventLog, Timeout

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A running program: its stdout is read as events, its stderr goes to a file. It never outlives this process.

    transcript: a file that keeps what it printed. listener(event): hears of each event.
    """

    def __init__(self, name, arguments, stderr, env=None, transcript=None, listener=None):
        self.name = name
        self.events = EventLog(name, self._last_words, listener)
        self.stderr_path = stderr
        with open(stderr, "ab") as errors:
            self._child = subprocess.Popen([str(argument) for argument in arguments], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, stderr=errors, env=env,
                                           bufsize=0, preexec_fn=_die_with_parent)
        self._pidfd = os.pidfd_open(self._child.pid)
        self._writing = threading.Lock()
        self._transcript = open(transcript, "ab") if transcript else None
        self._reader = threading.Thread(target=self._read, name=f"read {name}", daemon=True)
        self._reader.start()

    @property
    def pid(self):
        return self._child.pid

    def _read(self):
        with open(self._child.stdout.fileno(), "rb", closefd=False) as lines, self._child.stdout:
            for line in lines:
                if self._transcript:
                    self._transcript.write(line)
                self.events.add(self._parse(line))
        if self._transcript:
            self._transcript.close()
        self.events.end()

    @staticmethod
    def _parse(line):
        try:
            event = json.loads(line)
        except ValueError:
            event = None
        return event if isinstance(event, dict) else {"event": "not json", "text": line.decode(errors="replace")}

    def send(self, message):
        """One JSON line to its stdin; a program that has ended takes nothing."""
        line = message if isinstance(message, bytes) else json.dumps(message).encode() + b"\n"
        with self._writing:
            try:
                self._child.stdin.write(line)
            except (BrokenPipeError, ValueError):
                pass  # it has ended, or was closed

    def signal(self, number):
        if self._child.returncode is None:
            self._child.send_signal(number)

    def is_running(self, patience=0.0):
        """After waiting so long for its end."""
        return self._child.returncode is None and not select.select([self._pidfd], [], [], patience)[0]

    def wait(self, timeout=10.0):
        """Its exit status; negative: the signal that ended it. Raises Timeout."""
        if self.is_running(timeout):
            raise Timeout(f"{self.name}: still running after {timeout:g} s")
        status = self._child.wait()
        self._reader.join(timeout)
        with self._writing:
            self._child.stdin.close()
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1
        return status

    def kill(self):
        """SIGKILL, and gone when this returns."""
        self.signal(signal.SIGKILL)
        self.wait()

    def stop(self, timeout=5.0):
        """SIGTERM, after a while SIGKILL; for clean-up, so it never raises. Returns the exit status."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            return self.wait(timeout)
        except Timeout:
            self.signal(signal.SIGKILL)
            return self.wait(timeout)

    def _last_words(self):
        lines = self.complaints().splitlines()[-5:]
        return "".join(f"\n  log: {line}" for line in lines)

    def complaints(self):
        """What it wrote to stderr."""
        with open(self.stderr_path, encoding="utf-8", errors="replace") as file:
            return file.read()


def wait_for_any(processes):
    """Until one of them has ended."""
    select.select([process._pidfd for process in processes], [], [])


class Requests:
    """Numbers commands and pairs them with their replies {"re": n, "ok": …}."""

    def __init__(self, send, events):
        self._send = send
        self._events = events
        self._last = 0
        self._numbering = threading.Lock()

    def begin(self, message):
        """Sends the message with a number of its own, which it returns."""
        with self._numbering:
            self._last += 1
            number = self._last
        self._send({"id": number, **message})
        return number

    def reply(self, number, timeout=10.0):
        return self._events.wait(timeout, re=number)

    def ask(self, message, timeout=10.0):
        """The reply to a command that has to succeed."""
        reply = self.reply(self.begin(message), timeout)
        if not reply.get("ok"):
            raise AssertionError(f"{self._events.name} refused {list(message)}: {reply.get('error')}")
        return reply
