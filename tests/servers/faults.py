"""A bad line on purpose: an HTTP proxy before a server, which delays, drops and refuses, the same way for the same seed.

    with faulty(server.pds_url, seed=7, rates={Fault.DROP_AFTER: 0.3, Fault.BUSY: 0.1}) as line:
        ...  # use line.url in place of the server's; line.log says what happened

Or by itself: python -m tests.servers.faults http://127.0.0.1:8899 --port 8900 --seed 7 --drop-after 0.3 --busy 0.1
"""

import argparse
import http.client
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "host"})
UPSTREAM_SECONDS = 30


class Fault(StrEnum):
    """What can happen to one request."""

    NONE = "none"
    DROP_BEFORE = "drop-before"  # the server never hears of it
    DROP_AFTER = "drop-after"  # the server has done it; nobody learns
    CUT = "cut"  # the server has done it; half of the answer arrives
    SLOW = "slow"  # the answer comes after `slow_seconds`
    BUSY = "busy"  # 503 with Retry-After; the server never hears of it


def is_write(method: str, path: str) -> bool:
    return method != "GET"


@dataclass
class Line:
    """A running proxy. `rates` may be changed while it runs: the n-th matching request always draws the n-th number."""

    upstream: str
    seed: int = 1
    rates: Mapping[Fault, float] = field(default_factory=dict)  # 0 to 1 each; together at most 1
    matching: Callable[[str, str], bool] = is_write  # which requests may be hit: method and path
    slow_seconds: float = 2.0
    retry_after: int = 1  # seconds
    url: str = ""
    log: list[tuple[str, str, Fault]] = field(default_factory=list)  # method, path without its query, fault

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._drawing = threading.Lock()

    def draw(self, method: str, path: str) -> Fault:
        """Choose what happens to this request and write it down."""
        with self._drawing:
            fault = self._choose(self._random.random()) if self.matching(method, path) else Fault.NONE
            self.log.append((method, path.partition("?")[0], fault))
            return fault

    def counts(self) -> Counter[Fault]:
        return Counter(fault for _, _, fault in self.log)

    def _choose(self, number: float) -> Fault:
        for fault, rate in self.rates.items():
            if number < rate:
                return fault
            number -= rate
        return Fault.NONE


@contextmanager
def faulty(upstream: str, *, port: int = 0, **settings: object) -> Iterator[Line]:
    """Run a proxy before `upstream` on 127.0.0.1; the settings are those of Line."""
    line = Line(upstream=upstream, **settings)  # type: ignore[arg-type]
    server = Proxy(("127.0.0.1", port), line)
    line.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        server.server_close()


class Proxy(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], line: Line) -> None:
        super().__init__(address, Handler)
        self.line = line


class Handler(BaseHTTPRequestHandler):
    """Handles one connection; it closes after each answer, so a drop hits one request only."""

    server: Proxy

    def _handle(self) -> None:
        line = self.server.line
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = line.draw(self.command, self.path)
        if fault is Fault.DROP_BEFORE:
            return self._drop()
        if fault is Fault.BUSY:
            return self._answer(503, {"Retry-After": str(line.retry_after)}, b'{"error": "busy"}')
        try:
            status, headers, content = forward(line.upstream, self.command, self.path, self.headers, body)
        except OSError:
            return self._drop()
        if fault is Fault.DROP_AFTER:
            return self._drop()
        if fault is Fault.SLOW:
            time.sleep(line.slow_seconds)
        return self._answer(status, headers, content, cut=fault is Fault.CUT)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815 -- the names http.server looks for

    def _answer(self, status: int, headers: Mapping[str, str], content: bytes, *, cut: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection = True

    def _drop(self) -> None:
        """Reset the connection: no answer, no goodbye."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return  # the caller has gone, or was dropped

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name http.server gives it
        return


def forward(
    upstream: str, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    """Send the request on and return status, headers and content."""
    address = urlsplit(upstream)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=UPSTREAM_SECONDS)
    kept = {name: value for name, value in headers.items() if name.lower() not in HOP_BY_HOP | {"accept-encoding"}}
    try:
        connection.request(method, path, body=body or None, headers={**kept, "Host": address.netloc})
        response = connection.getresponse()
        content = response.read()
    except http.client.HTTPException as exc:
        raise ConnectionError(str(exc)) from exc
    finally:
        connection.close()
    dropped = HOP_BY_HOP | {"content-length"}
    return response.status, {n: v for n, v in response.getheaders() if n.lower() not in dropped}, content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("upstream")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    for fault in Fault:
        if fault is not Fault.NONE:
            parser.add_argument(f"--{fault}", type=float, default=0.0, metavar="RATE")
    given = vars(parser.parse_args())
    rates = {fault: given[fault.replace("-", "_")] for fault in Fault if fault is not Fault.NONE}
    with faulty(given["upstream"], port=given["port"], seed=given["seed"], rates=rates) as line:
        print(line.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
