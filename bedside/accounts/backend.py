"""Who is signed in: the person, and where they work, in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from bedside.accounts.models import Member, User
from bedside.lib.tenant import TenantQuerySet


class WithWorkplaces(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; the person it returns has their first two memberships at hand, the oldest first."""

    def get_user(self, user_id: Any) -> User | None:
        found = list(memberships_of(user_id).select_related("user").order_by("pk")[:2])
        user = found[0].user if found else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        for member in found:
            member.user = user
        user.workplaces = tuple(found)
        return user


def memberships_of(user: Any) -> TenantQuerySet[Member]:
    """Return where a person works. The one query that crosses organisations: it follows the person."""
    return Member.objects.filter(user=user, is_active=True).select_related("organisation")
