"""An emulator of a platform that does not exist: we invented it for the demo, for training and for tests.

A WSGI application over one SQLite file. It behaves like the platforms that are real: pages of mentions with a cursor,
threads, tokens, refusals. `python -m bedside.connectors.sandbox.server FILE PORT` serves it on this computer alone.

    GET    /channels/{channel}                     its name
    GET    /channels/{channel}/mentions?after=SEQ  oldest change first, 50 at a time
    GET    /channels/{channel}/posts               the newest 50 of the channel itself
    POST   /channels/{channel}/posts               publish {text, language, client_tag}
    POST   /channels/{channel}/strangers           somebody else writes: for tests and training
    GET    /entries/{id}    DELETE /entries/{id}   one entry; only the channel's own can be deleted
    GET    /entries/{id}/own                       what the channel wrote in the entry's thread
    POST   /entries/{id}/replies                   answer {text, client_tag}
    POST   /entries/{id}/approval                  make it live, when the platform moderates
    PUT    /switches                               {ignores_keys, moderates, token}: see store.SWITCHES
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from bedside.connectors.sandbox import store
from bedside.connectors.sandbox.answers import Refused, Request, answer

MAX_BODY = 100_000  # bytes
Clock = Callable[[], datetime]


def application(file: str | Path, clock: Clock = lambda: datetime.now(UTC)) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application of the platform whose memory is `file`; the file is made when it is missing."""
    store.create(file)

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            request = _read(environ, clock())
            with store.opened(file) as database:
                store.release_due(database, request.now)
                status, body = answer(database, request)
        except Refused as refused:
            status, body = refused.status, {"error": refused.code}
        except sqlite3.OperationalError:  # locked for longer than the store waits
            status, body = HTTPStatus.SERVICE_UNAVAILABLE, {"error": "busy"}
        content = json.dumps(body, ensure_ascii=False).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [content]

    return app


def _read(environ: WSGIEnvironment, now: datetime) -> Request:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    if size > MAX_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
    try:
        body = json.loads(environ["wsgi.input"].read(size) or b"{}") if size else {}
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, "not_json") from None
    if not isinstance(body, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, "not_an_object")
    return Request(
        method=environ["REQUEST_METHOD"],
        path=tuple(environ.get("PATH_INFO", "").strip("/").split("/")),
        query={name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()},
        body=body,
        token=environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer "),
        key=environ.get("HTTP_IDEMPOTENCY_KEY", ""),
        now=now,
    )


def main(file: str, port: str) -> None:
    """Serve on 127.0.0.1, each request in a thread of its own, until interrupted."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    with make_server("127.0.0.1", int(port), application(file), server_class=Server) as server:
        print(f"The sandbox, an invented platform, listens on http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:3])
