"""The server: a running ringliftd."""

from pathlib import Path
import signal

from . import ports
from .process import Process
from .spool import Spool


class Server:
    """ringliftd on loopback, codes in a spool folder. It can be killed, stopped and started again on the same port."""

    def __init__(self, program, folder, settings=None):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.spool = Spool(self.folder / "spool")
        self._program = program
        self._settings = settings or {}
        self.port = ports.reserve()
        self.ca = None
        self._process = None

    def start(self):
        config = self.folder / "ringliftd.conf"
        settings = {"otp": "spool", "spool": self.spool.folder, "secrets": self.folder / "secrets", **self._settings}
        config.write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
        self._process = Process("ringliftd", [self._program, "--config", config, "--listen", f"127.0.0.1:{self.port}",
                                              "--data", self.folder / "data"], self.folder / "log")
        listening = self._process.events.wait(20, event="listening")
        self.ca = Path(listening["ca"])
        return self

    @property
    def url(self):
        return f"wss://127.0.0.1:{self.port}/"

    def kill(self):
        self._process.kill()

    def freeze(self):
        """It keeps its sockets and does nothing."""
        self._process.signal(signal.SIGSTOP)

    def thaw(self):
        self._process.signal(signal.SIGCONT)

    def complaints(self):
        return self._process.complaints()

    def close(self):
        if self._process is not None:
            self._process.stop()
        self.spool.close()
