"""Waiting for files that a program puts into a folder (inotify)."""

import ctypes
import json
import os
import select
import time

from .events import Timeout

_IN_CLOSE_WRITE = 0x08
_IN_MOVED_TO = 0x80
_IN_DELETE = 0x200
_IN_NONBLOCK = os.O_NONBLOCK
_libc = ctypes.CDLL(None, use_errno=True)


class Spool:
    """The folder where the server's sender `spool` puts one-time codes, {"to": number, "code": digits} a file."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._watch = _libc.inotify_init1(_IN_NONBLOCK)
        if self._watch < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        if _libc.inotify_add_watch(self._watch, os.fsencode(folder), _IN_CLOSE_WRITE | _IN_MOVED_TO | _IN_DELETE) < 0:
            raise OSError(ctypes.get_errno(), "inotify_add_watch")

    def _until(self, check, timeout, complaint):
        deadline = time.monotonic() + timeout
        while True:
            found = check()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._watch], [], [], left)[0]:
                raise Timeout(complaint)
            os.read(self._watch, 65536)

    def _messages(self):
        for path in self.folder.glob("*.json"):
            try:
                yield json.loads(path.read_text())
            except (OSError, ValueError):
                continue  # used, or not written to its end

    def wait_code(self, msisdn, timeout=10.0):
        """The code sent to that number."""
        return self._until(lambda: next((m["code"] for m in self._messages() if m["to"] == msisdn), None), timeout,
                           "spool: no code came")

    def wait_empty(self, timeout=10.0):
        """Until every code has been used."""
        self._until(lambda: not any(self.folder.iterdir()), timeout, "spool: a used code is still there")

    def close(self):
        if self._watch >= 0:
            os.close(self._watch)
        self._watch = -1
