"""Settings: the rooms, each with one line about what is in it."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from bedside.accounts.models import Channel, ChannelState, Location, Member
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.governance.actions.policy import policy_of, readers_along
from bedside.lib.pages import render


@require_GET
@needs(Right.READ)
def rooms(request: MemberRequest) -> HttpResponse:
    about = _about(request) if request.member.can(Right.MANAGE) else {}
    return render(request, "settings/rooms.html", {"about": about, "here": "settings"})


def _about(request: MemberRequest) -> dict[str, object]:
    organisation = request.organisation
    expired = Count("pk", filter=Q(state=ChannelState.EXPIRED))
    readers = readers_along(organisation)
    return {
        "locations": list(Location.objects.of(organisation).values_list("name", flat=True)),
        "channels": Channel.objects.of(organisation).aggregate(all=Count("pk"), expired=expired),
        "people": Member.objects.of(organisation).filter(is_active=True).count(),
        "policy": policy_of(organisation),
        "is_alone": len(readers) == 1 and readers[0].pk == request.member.pk,
        "readers": readers,
    }
