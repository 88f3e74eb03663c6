"""A way to the server that is as long as a mobile network's."""

import asyncio
import socket
import threading

from . import ports
from .events import EventLog, now_us
from .proxy import DeafPort


class _End(asyncio.Protocol):
    """One side of a link; what comes in leaves on the other side when it is due."""

    def __init__(self, link):
        self._link = link
        self._due = 0.0
        self.other = None
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._link.opened(self)

    def data_received(self, data):
        self._link.received(self)
        self._later(lambda: self.other.transport.write(data))

    def connection_lost(self, _):
        self._later(lambda: self.other.transport.close())

    def _later(self, action):
        # Timers that are due at the same time may swap.
        self._due = max(self._link.due(self), self._due + 1e-6)
        self._link.loop.call_at(self._due, lambda: self.other.transport and action())


class _Link:
    def __init__(self, proxy):
        self.loop = proxy.loop
        self._proxy = proxy
        self.client, self.server = _End(self), _End(self)
        self.client.other, self.server.other = self.server, self.client

    def opened(self, end):
        if end is not self.client:
            return
        self._opened = self.loop.time()
        self._proxy.connected(self)
        self._opening = self.loop.create_task(self._open())

    async def _open(self):
        try:
            await self.loop.create_connection(lambda: self.server, "127.0.0.1", self._proxy.server_port)
        except OSError:
            self.client.transport.close()

    def received(self, end):
        if end is self.client:
            self._proxy.events.add({"event": "said", "t_us": now_us()})

    def due(self, end):
        """The kernel takes the connection at once: the round trip that this takes far away is added to what the client says
        before it would know."""
        now = self.loop.time()
        if end is self.client:
            now = max(now, self._opened + self._proxy.round_trip)
        return now + self._proxy.round_trip / 2

    def abort(self):
        for end in (self.client, self.server):
            if end.transport:
                end.transport.abort()


class DelayProxy:
    """Forwards connections to the server, each direction half a round trip late. `events` has a `connection` for each attempt and
    a `said` for whatever a client sends. It can be deaf: then nothing answers at its port, as when the server cannot be reached."""

    def __init__(self, server, round_trip):
        self.server_port = server.port
        self.ca = server.ca
        self.round_trip = round_trip
        self.events = EventLog("proxy")
        self.loop = asyncio.new_event_loop()
        self._links = []
        self._deaf = None
        self._thread = threading.Thread(target=self.loop.run_forever, name="delay", daemon=True)
        self._thread.start()
        self._listen(socket.create_server(("127.0.0.1", ports.reserve())))

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(5)

    def _listen(self, listener):
        self.port = listener.getsockname()[1]

        async def listen():
            return await self.loop.create_server(lambda: _Link(self).client, sock=listener)
        self._listener = self._run(listen())

    @property
    def url(self):
        return f"wss://127.0.0.1:{self.port}/"

    def connected(self, link):
        self.events.add({"event": "connection", "t_us": now_us()})
        self._links.append(link)

    def cut(self):
        """Ends every connection."""
        async def abort():
            for link in self._links:
                link.abort()
            self._links.clear()
        self._run(abort())

    def go_deaf(self):
        async def unlisten():
            listening = self._listener.sockets[0].dup()
            self._listener.close()
            return listening
        listening = self._run(unlisten())
        self.cut()
        self._deaf = DeafPort(listening)

    def close(self):
        if self._deaf is None:
            async def unlisten():
                self._listener.close()
            self._run(unlisten())
        else:
            self._deaf.close()
        self.cut()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()
