"""The Internet between phones: each at a place of its own behind one router, whose kernel can lose what passes.

For programs that have a network of their own (tests/support/with-network): they are the router.
"""

from pathlib import Path
import subprocess

from .process import Process

_LOCAL_AFTER = 1000  # the router's own addresses are looked up after the cuts


def _run(*command):
    subprocess.run(command, check=True, timeout=10, capture_output=True)


class Internet:
    """Places and what is cut between them. Nothing is delayed or lost unless it is cut."""

    def __init__(self):
        Path("/proc/sys/net/ipv4/ip_forward").write_text("1")
        _run("ip", "rule", "add", "pref", str(_LOCAL_AFTER), "lookup", "local")
        _run("ip", "rule", "del", "pref", "0", "lookup", "local")
        self._places = 0

    def add_place(self, folder):
        self._places += 1
        return Place(self._places, folder)


class Place:
    """A network namespace with one address. `enter` begins the command of a program that is to live there."""

    def __init__(self, number, folder):
        self._number = number
        self._device = f"rl{number}"
        self.router = f"10.88.{number}.1"
        self.address = f"10.88.{number}.2"
        self._cuts = set()
        # A namespace lives as long as a program in it; it answers once it is there.
        self._holder = Process(f"place {number}", ["unshare", "--net", "cat"], folder / f"place{number}.log")
        self._holder.send({"event": "there"})
        self._holder.events.wait(event="there")
        self.enter = ("nsenter", f"--net=/proc/{self._holder.pid}/ns/net", "--")
        _run("ip", "link", "add", self._device, "type", "veth", "peer", "name", "up0", "netns", str(self._holder.pid))
        _run("ip", "address", "add", f"{self.router}/24", "dev", self._device)
        _run("ip", "link", "set", self._device, "up")
        for command in (("link", "set", "lo", "up"), ("address", "add", f"{self.address}/24", "dev", "up0"),
                        ("link", "set", "up0", "up"), ("route", "add", "default", "via", self.router)):
            _run(*self.enter, "ip", *command)

    def cut(self, *directions):
        """From now on what it sends ("out"), what is sent to it ("in"), or what it sends to the router, where the server is
        ("server"), is lost without a word."""
        for direction in directions:
            if direction not in self._cuts:
                self._rule("add", direction)
                self._cuts.add(direction)

    def mend(self):
        for direction in tuple(self._cuts):
            self._rule("del", direction)
            self._cuts.remove(direction)

    @property
    def is_cut(self):
        return bool(self._cuts)

    def _rule(self, action, direction):
        concerned = {"out": ("iif", self._device), "in": ("to", self.address),
                     "server": ("iif", self._device, "to", self.router)}[direction]
        preference = 3 * self._number + ("out", "in", "server").index(direction)
        _run("ip", "rule", action, "pref", str(preference), *concerned, "blackhole")

    def close(self):
        self.mend()
        self._holder.stop()
