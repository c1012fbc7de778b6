"""Settings, Locations."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bedside.accounts.geography import COUNTRIES, MEANINGS, profile_for
from bedside.accounts.models import Location
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.governance.actions.places import choose_rules, keep_location
from bedside.governance.forms.places import LocationForm
from bedside.governance.forms.rules import RulesForm
from bedside.guard.profiles import PROFILES
from bedside.lib.pages import render


@require_GET
@needs(Right.MANAGE)
def locations(request: MemberRequest) -> HttpResponse:
    rows = Location.objects.of(request.organisation).annotate(
        channel_count=Count("channels", distinct=True), practitioner_count=Count("practitioners", distinct=True)
    )
    countries = {code: name for code, (name, _zone) in COUNTRIES.items()}
    context = {"locations": list(rows.order_by("name")), "countries": countries, "here": "settings"}
    return render(request, "settings/locations.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def location_add(request: MemberRequest) -> HttpResponse:
    like = Location.objects.of(request.organisation).order_by("pk").first()
    alike = {name: getattr(like, name) for name in ("country", "language", "time_zone", "profile")} if like else {}
    form = LocationForm(request.POST or None, organisation=request.organisation, initial=alike)
    return _keep(request, form)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def location(request: MemberRequest, pk: int) -> HttpResponse:
    place = get_object_or_404(Location.objects.of(request.organisation), pk=pk)
    return _keep(request, LocationForm(request.POST or None, organisation=request.organisation, instance=place))


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def location_rules(request: MemberRequest, pk: int) -> HttpResponse:
    """The profile and the options of a location. With `look`, another profile is only looked at: nothing is kept."""
    place = get_object_or_404(Location.objects.of(request.organisation), pk=pk)
    form = RulesForm(request.POST or None, location=place)
    if form.is_valid() and "look" not in request.POST:
        choose_rules(place, form.cleaned_data["profile"], form.options(), by=request.member)
        messages.success(request, _("The rules of %(name)s are saved.") % {"name": place.name})
        return redirect("location_rules", place.pk)
    context = {"form": form, "place": place, "meanings": MEANINGS, "usual": profile_for(place.country)}
    context |= {"laws": {name: profile.law for name, profile in PROFILES.items()}, "here": "settings"}
    return render(request, "settings/location_rules.html", context, block="options" if request.htmx else "")


def _keep(request: MemberRequest, form: LocationForm) -> HttpResponse:
    if form.is_valid():
        practitioners = form.cleaned_data["practitioners"]
        place = keep_location(form.instance, practitioners, changed=form.changed_data, by=request.member)
        messages.success(request, _("%(name)s is saved.") % {"name": place.name})
        return redirect("locations")
    context = {"form": form, "meanings": MEANINGS, "here": "settings"}
    return render(request, "settings/location.html", context)
