"""What phones tell the server, word by word."""

import json
import select
import socket
import ssl
import threading

from . import ports
from .events import EventLog, now_us

_HANDSHAKE_SECONDS = 60
_SEND_SECONDS = 5


class _Frames:
    """The text messages in what a WebSocket client sends."""

    def __init__(self):
        self._bytes = b""
        self._upgraded = False

    def feed(self, data):
        self._bytes += data
        if not self._upgraded:
            head, end, rest = self._bytes.partition(b"\r\n\r\n")
            if not end:
                return
            self._upgraded = True
            self._bytes = rest
        while (frame := self._take()) is not None:
            opcode, text = frame
            if opcode == 1:
                yield text

    def _take(self):
        """(opcode, payload) of the next whole frame, which a client always masks."""
        data = self._bytes
        if len(data) < 2:
            return None
        size, position = data[1] & 0x7F, 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size, position = int.from_bytes(data[2:2 + width], "big"), 2 + width
        if len(data) < position + 4 + size:
            return None
        mask, payload = data[position:position + 4], data[position + 4:position + 4 + size]
        self._bytes = data[position + 4 + size:]
        return data[0] & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


class WireTap:
    """Stands before the server with the server's own certificate, so that phones cannot tell it from the server, and passes
    everything on. `events` has a `connection` for each attempt, and for whatever a phone says a `said` with the message.

    A phone's handshake waits for the server's: in front of a frozen server it is as silent as that."""

    def __init__(self, server, address, listener=None):
        self._server = server
        self._address = address
        self.ca = server.ca
        self.events = EventLog("tap", listener=listener)
        self.port = ports.reserve()
        self._listener = None
        self._sockets = set()
        self._changing = threading.Lock()
        self.listen()

    @property
    def url(self):
        return f"wss://{self._address}:{self.port}/"

    def listen(self):
        """At the same port as before."""
        self._listener = socket.create_server((self._address, self.port))
        threading.Thread(target=self._accept, args=(self._listener,), name="tap", daemon=True).start()

    def refuse(self):
        """Nobody listens: for when the server is dead."""
        if self._listener.fileno() >= 0:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.events.add({"event": "connection", "t_us": now_us()})
            threading.Thread(target=self._serve, args=(client,), name="tapped", daemon=True).start()

    def _context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        folder = self._server.folder / "data" / "tls"
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        return context

    def _serve(self, raw):
        sockets = [raw]
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            upstream = socket.create_connection(("127.0.0.1", self._server.port), _HANDSHAKE_SECONDS)
            sockets.append(upstream)
            with self._changing:
                self._sockets.update(sockets)
            upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            trusting = ssl.create_default_context(cafile=str(self.ca))
            upstream = trusting.wrap_socket(upstream, server_hostname="127.0.0.1")
            raw.settimeout(_HANDSHAKE_SECONDS)
            client = self._context().wrap_socket(raw, server_side=True)
            sockets += [upstream, client]
            self._pass_on(client, upstream)
        except (OSError, ValueError):
            pass  # either side has gone, or the test has ended
        finally:
            with self._changing:
                self._sockets.difference_update(sockets)
            for each in sockets:
                each.close()

    def _pass_on(self, client, upstream):
        frames = _Frames()
        other = {client: upstream, upstream: client}
        with self._changing:
            self._sockets.update(other)
        while True:
            for source in select.select(list(other), [], [])[0]:
                data = self._read(source)
                if data is None:
                    return
                if source is client:
                    for text in frames.feed(data):
                        self._note(text)
                if data:
                    other[source].settimeout(_SEND_SECONDS)
                    other[source].sendall(data)

    @staticmethod
    def _read(source):
        """What has come; None at the end."""
        source.setblocking(False)
        gathered = b""
        try:
            while data := source.recv(65536):
                gathered += data
            return gathered or None
        except (ssl.SSLWantReadError, BlockingIOError):
            return gathered

    def _note(self, text):
        try:
            message = json.loads(text)
        except ValueError:
            message = None
        self.events.add({"event": "said", "message": message if isinstance(message, dict) else {}, "t_us": now_us()})

    def drop(self):
        """Ends every connection; what was on its way is lost."""
        with self._changing:
            for each in self._sockets:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def close(self):
        self.refuse()
        self.drop()
