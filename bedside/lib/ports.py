"""Where a server listens: whether the place is free, and whether somebody answers there."""

import os
import socket


class PortTaken(Exception):
    """Something else listens there, or nothing may; the message says what to do."""


def check_port(host: str, port: int) -> None:
    """Raise PortTaken, with a sentence, when nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as exc:
        raise PortTaken(f"{host} is not an address of this computer.") from exc
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen()
        except OSError as exc:
            reason = f"{os.strerror(exc.errno or 0)}. Stop what uses it, or choose another with --port."
            raise PortTaken(f"Bedside cannot listen on {host}:{port}: {reason}") from exc


def is_listening(host: str, port: int) -> bool:
    """Return whether somebody answers there. An address that means all of them is asked on this computer."""
    try:
        with socket.create_connection((reachable(host), port), timeout=1):
            return True
    except OSError:
        return False


def reachable(host: str) -> str:
    """Return an address of this computer on which a server that listens on `host` can be reached."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
