"""Two questions of whatever watches over this server. They come before everything else, so that nothing can redirect them.

GET /healthz    200 when the web server answers
GET /readyz     200 when the database does too, else 503
"""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse

Get = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: Get) -> Get:
    """Answer the two probes, and let everything else through."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("alive\n", content_type="text/plain")
        if request.path == "/readyz":
            return _readiness()
        return get_response(request)

    return middleware


def _readiness() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        connection.close()
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
