"""What holds for every test: no network beyond this computer, and nothing left behind."""

import ipaddress
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def only_this_computer() -> Iterator[None]:
    """Refuse to look up a name or to connect to anything but this computer."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
            raise PermissionError(f"A test tried to reach {address[0]}. Inject a transport instead.")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
        if not _is_here(name):
            raise socket.gaierror(socket.EAI_NONAME, f"A test tried to look up {name}. Inject a transport instead.")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


def _is_here(host: str) -> bool:
    if host in ("localhost", "0.0.0.0", "::"):  # noqa: S104
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_unconfigure() -> None:
    """Remove the data directory of this process."""
    shutil.rmtree(settings.HOME, ignore_errors=True)
