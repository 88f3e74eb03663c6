"""A TCP proxy that cuts or freezes a connection at a chosen TLS record."""

import selectors
import socket
import threading

from . import ports

TO_SERVER, TO_CLIENT = 0, 1


class Records:
    """Counts whole TLS records in a stream and says where one ends."""

    def __init__(self):
        self.count = 0
        self._header = b""
        self._left = 0

    def split(self, data, stop_after):
        """The part of data up to the end of record number stop_after, or all of it."""
        position = 0
        while position < len(data):
            if self._left == 0:
                take = data[position:position + 5 - len(self._header)]
                self._header += take
                position += len(take)
                if len(self._header) < 5:
                    break
                self._left = int.from_bytes(self._header[3:5], "big")
                self._header = b""
            step = min(self._left, len(data) - position)
            self._left -= step
            position += step
            if self._left == 0:
                self.count += 1
                if self.count == stop_after:
                    return data[:position]
        return data


class _Link:
    """One accepted connection and the one to the server that belongs to it."""

    def __init__(self, client, upstream):
        self.sockets = (client, upstream)
        self.records = (Records(), Records())

    def close(self):
        for each in self.sockets:
            each.close()


class TcpProxy:
    """Forwards connections to the server, up to record number `after` in one direction of each connection; then
    calls `then` (if any) and, as `fault` says, is silent for good ("freeze"), closes both sides ("cut"), or goes on
    forwarding ("pass"). Later connections meet the same fate. after=None: forwards everything. after=0: from the beginning.
    """

    def __init__(self, server, after=None, direction=TO_CLIENT, fault="freeze", then=None):
        self._server = server
        self.ca = server.ca
        self.after = after
        self.direction = direction
        self.fault = fault
        self.then = then
        self.triggered = threading.Event()
        self.seen = [0, 0]  # records forwarded, of the latest connection
        self._listener = socket.create_server(("127.0.0.1", ports.reserve()))
        self.port = self._listener.getsockname()[1]
        self._selector = selectors.DefaultSelector()
        self._wake, waker = socket.socketpair()
        self._waker = waker
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._selector.register(self._wake, selectors.EVENT_READ, None)
        self._links = []
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._thread.start()

    @property
    def url(self):
        return f"wss://127.0.0.1:{self.port}/"

    def _run(self):
        while True:
            for key, _ in self._selector.select():
                if key.data is None:
                    return
                key.data()

    def _accept(self):
        client, _ = self._listener.accept()
        try:
            upstream = socket.create_connection(("127.0.0.1", self._server.port), timeout=1)
        except OSError:
            client.close()
            return
        for each in (client, upstream):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link = _Link(client, upstream)
        self._links.append(link)
        if self.triggered.is_set() and self.fault == "cut":
            self._drop(link)
            return
        if self.triggered.is_set() and self.fault == "freeze":
            return
        for direction in (TO_SERVER, TO_CLIENT):
            self._selector.register(link.sockets[direction], selectors.EVENT_READ,
                                    lambda link=link, direction=direction: self._forward(link, direction))
        if self.after == 0:
            self._trigger(link)

    def _forward(self, link, direction):
        source, sink = link.sockets[direction], link.sockets[1 - direction]
        try:
            data = source.recv(65536)
        except OSError:
            data = b""
        if not data:
            return self._drop(link)
        stop_after = self.after if direction == self.direction else None
        part = link.records[direction].split(data, stop_after)
        self.seen[direction] = link.records[direction].count
        reached = stop_after is not None and link.records[direction].count >= stop_after
        self._send(link, sink, part)
        if reached and not self.triggered.is_set():
            self._trigger(link)
            if self.fault == "pass":
                self._send(link, sink, data[len(part):])
        return None

    def _send(self, link, sink, data):
        try:
            sink.sendall(data)
        except OSError:
            self._drop(link)

    def _trigger(self, link):
        self.triggered.set()
        if self.then is not None:
            self.then()
        if self.fault == "cut":
            self._drop(link)
        elif self.fault == "freeze":
            self._unregister(link)

    def _unregister(self, link):
        for each in link.sockets:
            try:
                self._selector.unregister(each)
            except (KeyError, ValueError):
                pass

    def _drop(self, link):
        self._unregister(link)
        link.close()
        if link in self._links:
            self._links.remove(link)

    def close(self):
        if self._stop():
            self._listener.close()

    def go_deaf(self):
        """Ends every connection, and answers none from now on; what it returns is to be closed."""
        self._stop()
        return DeafPort(self._listener)

    def _stop(self):
        if self._waker.fileno() < 0:
            return False
        self._waker.send(b"x")
        self._thread.join(5)
        for link in list(self._links):
            self._drop(link)
        for each in (self._wake, self._waker):
            each.close()
        self._selector.close()
        return True


class DeafPort:
    """A port whose queue of connections is full: the kernel drops what else comes, as a firewall would. It takes over the
    socket that listens there."""

    def __init__(self, listener):
        self._listener = listener
        listener.listen(0)
        self._fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            self._fillers.append(filler)

    def close(self):
        for each in (*self._fillers, self._listener):
            each.close()
