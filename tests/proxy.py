"""A network as it is in the hills: slow, and cut off now and then. Stands between a browser and the site."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 4096


class Proxy:
    """Passes bytes on. `bits_a_second`: None for no limit, shared by all connections in each direction;
    `bytes_between_cuts`: None for none, else a connection is cut at once, and one each time about so many
    passed, by `seed`; `bytes_down`: None for no limit, else how many come down a connection before it is cut.
    """

    def __init__(self, site: str, seed: int) -> None:
        self.site = urlsplit(site)
        self.bits_a_second: float | None = None
        self.bytes_between_cuts: float | None = None
        self.bytes_down: int | None = None
        self.cuts = 0
        self._chance = random.Random(seed)
        self._until_cut = 0.0
        self._free_at = {"up": 0.0, "down": 0.0}
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self.address = ""

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def end(self) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        self._open.clear()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # asyncio would print that it was cancelled as a failure
            await self._connect(reader, writer)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(self.site.hostname, self.site.port)
        except OSError:
            writer.transport.abort()
            return
        ends = (writer, far_writer)
        self._open.update(ends)
        both = (self._pass("up", reader, far_writer, ends), self._pass("down", far_reader, writer, ends))
        await asyncio.gather(*both, return_exceptions=True)
        for end in ends:
            end.transport.abort()

    async def _pass(
        self,
        way: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ends: tuple[asyncio.StreamWriter, ...],
    ) -> None:
        passed = 0
        while chunk := await reader.read(CHUNK):
            await self._take_time(way, len(chunk))
            is_cut = self._is_cut_after(len(chunk))
            if way == "down" and self.bytes_down and passed + len(chunk) > self.bytes_down:
                writer.write(chunk[: max(self.bytes_down - passed, 0)])
                is_cut = True
            passed += len(chunk)
            if is_cut:
                self.cuts += 1
                for end in ends:
                    end.transport.abort()
                return
            writer.write(chunk)
            await writer.drain()
        writer.close()

    def _is_cut_after(self, number: int) -> bool:
        if not self.bytes_between_cuts:
            return False
        self._until_cut -= number
        if self._until_cut > 0:
            return False
        self._until_cut = self._chance.uniform(0.5, 1.5) * self.bytes_between_cuts
        return True

    async def _take_time(self, way: str, number: int) -> None:
        if self.bits_a_second is None:
            return
        start = max(self._free_at[way], self._loop.time())
        self._free_at[way] = start + 8 * number / self.bits_a_second
        await asyncio.sleep(self._free_at[way] - self._loop.time())


@contextmanager
def proxy_before(site: str, seed: int) -> Iterator[Proxy]:
    """A proxy before a served site; browsers use its `address`."""
    proxy = Proxy(site, seed)
    thread = threading.Thread(target=proxy._loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(proxy.start(), proxy._loop).result(10)
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(proxy.end(), proxy._loop).result(10)
        proxy._loop.call_soon_threadsafe(proxy._loop.stop)
        thread.join(10)
        proxy._loop.close()
