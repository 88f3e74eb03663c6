"""A whole small world: server, virtual phone network and phones, in one temporary folder, gone afterwards."""

from contextlib import ExitStack
import os
from pathlib import Path
import shutil
import sys
import tempfile

from .network import PhoneNetwork
from .phone import Phone, Sim, plmn_line
from .server import Server

ALICE = Sim("+8613800138000", "460001234567890", "CN")
BOB = Sim("+4915550123456", "262019876543210", "DE")
CAROL = Sim("+8613900139000", "460009876543211", "CN")


class Programs:
    """Where a build keeps the programs."""

    def __init__(self, build):
        build = Path(build)
        self.ringlift = build / "app" / "ringlift"
        self.ringlift_echo = build / "app" / "ringlift-echo"
        self.ringliftd = build / "server" / "ringliftd"
        self.plmn = build / "platform" / "plmn" / "ringlift-plmn"
        self.estoi = build / "tests" / "tools" / "ringlift-estoi"
        self.audioloop = build / "tests" / "tools" / "ringlift-audioloop"


class Rig:
    """Use as a context: everything is closed at its end, newest first, and the folder removed unless `keep` is set or the
    block failed and RINGLIFT_KEEP is set in the environment."""

    def __init__(self, build, keep=None):
        self.programs = Programs(build)
        self._keep = keep
        self.network = None
        self.server = None
        self.phones = {}

    def __enter__(self):
        self._stack = ExitStack()
        if self._keep is None:
            self.folder = Path(tempfile.mkdtemp(prefix="ringlift-"))
        else:
            self.folder = Path(self._keep)
            self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind, *_):
        self._stack.close()
        if self._keep is None and not (kind is not None and os.environ.get("RINGLIFT_KEEP")):
            shutil.rmtree(self.folder, ignore_errors=True)
        elif kind is not None and self._keep is None:
            print(f"kept: {self.folder}", file=sys.stderr)

    def on_exit(self, call, *arguments):
        self._stack.callback(call, *arguments)

    def start_network(self, **options):
        self.network = PhoneNetwork(self.programs.plmn, self.folder, **options)
        self.on_exit(self.network.close)
        return self.network

    def start_server(self, settings=None):
        self.server = Server(self.programs.ringliftd, self.folder / "server", settings)
        self.on_exit(self.server.close)
        return self.server.start()

    def start_phone(self, name, *sims, **options):
        """A phone on the network, without a SIM a desktop. Options are those of Phone; server: anything with .url and .ca,
        the rig's own server by default. line: the --line option, in place of SIMs."""
        line = options.pop("line", None) or (plmn_line(self.network, *sims) if sims else "manual")
        phone = Phone(name, options.pop("program", self.programs.ringlift), self.folder / name, line, options.pop("server", self.server), **options)
        self.on_exit(phone.close)
        self.phones[name] = phone.start()
        return phone
