"""Ports that stay a test's own while nobody listens at them, as those of a server that is down do."""

import errno
import fcntl
import itertools
import os
from pathlib import Path
import socket
import tempfile

_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_COUNT = 8000
_LOCKS = Path(tempfile.gettempdir()) / f"ringlift-ports-{os.getuid()}"
_held = []
_offsets = itertools.count(os.getpid() * 37)


def reserve():
    """A port of 127.0.0.1 that is free, that the kernel gives to nobody who asks for any, and that no other process reserves
    until this one ends."""
    _LOCKS.mkdir(exist_ok=True)
    first = int(_RANGE.read_text().split()[0]) - _COUNT
    for _ in range(_COUNT):
        port = first + next(_offsets) % _COUNT
        lock = open(_LOCKS / str(port), "a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        _held.append(lock)
        if _is_free(port):
            return port
    raise OSError("no port is free")


def _is_free(port):
    # Not by listening there: a process that another thread starts meanwhile would go on listening for a moment.
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED
