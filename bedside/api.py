"""/api/v1: what each package answers to programs, and how a program says who it is."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from bedside.accounts import keys
from bedside.accounts.models import ApiKey
from bedside.outbox.api import router as guard


class Key(HttpBearer):
    """An API key of an organisation, made in Settings."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        return keys.find(token)


api = NinjaAPI(
    title="Bedside",
    version="1",
    description="Give the key as a bearer token: Authorization: Bearer bedside_…",
    auth=Key(),
    throttle=[AuthRateThrottle("50/s")],
    docs_url=None,  # it would load scripts from elsewhere; /api/v1/openapi.json is enough for any tool
    urls_namespace="api",
)
api.add_router("", guard)
