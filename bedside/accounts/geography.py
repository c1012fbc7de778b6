"""Where a clinic can be: countries with their main time zone, and the rules that usually hold there."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Profile

ELSEWHERE = "ZZ"  # ISO 3166-1 leaves ZZ to its users

# The time zone is empty where there are several.
COUNTRIES = MappingProxyType(
    {
        "AR": (_("Argentina"), "America/Argentina/Buenos_Aires"),
        "AU": (_("Australia"), ""),
        "AT": (_("Austria"), "Europe/Vienna"),
        "BE": (_("Belgium"), "Europe/Brussels"),
        "BO": (_("Bolivia"), "America/La_Paz"),
        "BG": (_("Bulgaria"), "Europe/Sofia"),
        "CA": (_("Canada"), ""),
        "CL": (_("Chile"), "America/Santiago"),
        "CO": (_("Colombia"), "America/Bogota"),
        "CR": (_("Costa Rica"), "America/Costa_Rica"),
        "HR": (_("Croatia"), "Europe/Zagreb"),
        "CY": (_("Cyprus"), "Asia/Nicosia"),
        "CZ": (_("Czechia"), "Europe/Prague"),
        "DK": (_("Denmark"), "Europe/Copenhagen"),
        "DO": (_("Dominican Republic"), "America/Santo_Domingo"),
        "EC": (_("Ecuador"), "America/Guayaquil"),
        "EE": (_("Estonia"), "Europe/Tallinn"),
        "FI": (_("Finland"), "Europe/Helsinki"),
        "FR": (_("France"), "Europe/Paris"),
        "DE": (_("Germany"), "Europe/Berlin"),
        "GR": (_("Greece"), "Europe/Athens"),
        "GT": (_("Guatemala"), "America/Guatemala"),
        "HU": (_("Hungary"), "Europe/Budapest"),
        "IS": (_("Iceland"), "Atlantic/Reykjavik"),
        "IN": (_("India"), "Asia/Kolkata"),
        "IE": (_("Ireland"), "Europe/Dublin"),
        "IL": (_("Israel"), "Asia/Jerusalem"),
        "IT": (_("Italy"), "Europe/Rome"),
        "LV": (_("Latvia"), "Europe/Riga"),
        "LI": (_("Liechtenstein"), "Europe/Vaduz"),
        "LT": (_("Lithuania"), "Europe/Vilnius"),
        "LU": (_("Luxembourg"), "Europe/Luxembourg"),
        "MT": (_("Malta"), "Europe/Malta"),
        "MX": (_("Mexico"), "America/Mexico_City"),
        "NL": (_("Netherlands"), "Europe/Amsterdam"),
        "NZ": (_("New Zealand"), "Pacific/Auckland"),
        "NO": (_("Norway"), "Europe/Oslo"),
        "PA": (_("Panama"), "America/Panama"),
        "PY": (_("Paraguay"), "America/Asuncion"),
        "PE": (_("Peru"), "America/Lima"),
        "PL": (_("Poland"), "Europe/Warsaw"),
        "PT": (_("Portugal"), "Europe/Lisbon"),
        "RO": (_("Romania"), "Europe/Bucharest"),
        "SG": (_("Singapore"), "Asia/Singapore"),
        "SK": (_("Slovakia"), "Europe/Bratislava"),
        "SI": (_("Slovenia"), "Europe/Ljubljana"),
        "ZA": (_("South Africa"), "Africa/Johannesburg"),
        "ES": (_("Spain"), "Europe/Madrid"),
        "SE": (_("Sweden"), "Europe/Stockholm"),
        "CH": (_("Switzerland"), "Europe/Zurich"),
        "TR": (_("Türkiye"), "Europe/Istanbul"),
        "AE": (_("United Arab Emirates"), "Asia/Dubai"),
        "GB": (_("United Kingdom"), "Europe/London"),
        "US": (_("United States"), ""),
        "UY": (_("Uruguay"), "America/Montevideo"),
        ELSEWHERE: (_("Another country"), ""),
    }
)
# The member states of the European Union since 2020.
UNION = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"}
    | {"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
OWN_RULES = MappingProxyType({country.upper(): Profile(country) for country in ("de", "at", "ch", "fr", "it", "es")})

# Languages by their own names: whoever looks for one may not read ours.
LANGUAGES = MappingProxyType({"en": "English", "de": "Deutsch", "fr": "Français", "it": "Italiano", "es": "Español"})
MEANINGS = MappingProxyType(
    {
        Profile.US_HIPAA: _(
            "Nothing may confirm that somebody was ever a patient. The strictest; choose it when in doubt."
        ),
        Profile.EU: _("Health data may not be published without consent, and advertising may not promise a cure."),
        Profile.DE: _("Medical secrecy, and the German law on advertising for medicines and treatments."),
        Profile.AT: _("Medical secrecy, and what Austrian doctors may say about themselves in public."),
        Profile.CH: _("Medical secrecy under the Swiss criminal code, and what Swiss law lets a practice advertise."),
        Profile.FR: _("Medical secrecy, and what the French code of public health lets a practice say about itself."),
        Profile.IT: _("Medical secrecy, and the Italian rules on information about health care."),
        Profile.ES: _("Medical secrecy, and the Spanish rules on health advertising."),
    }
)


def country_choices() -> Iterator[tuple[str, str]]:
    """Yield code and name, in the order of the reader's alphabet, the way out last."""
    named = sorted((str(name), code) for code, (name, _zone) in COUNTRIES.items() if code != ELSEWHERE)
    yield from ((code, name) for name, code in named)
    yield ELSEWHERE, str(COUNTRIES[ELSEWHERE][0])


def zone_choices() -> Iterator[tuple[str, str]]:
    """Yield every time zone that is named after a place."""
    yield from ((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if _is_place(zone))


def _is_place(zone: str) -> bool:
    return zone == "UTC" or ("/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/")))


def zone_for(country: str) -> str:
    """Return the country's time zone; "" when it has several or is not known."""
    return COUNTRIES.get(country, ("", ""))[1]


def profile_for(country: str) -> Profile:
    """Return the rules that usually hold in a country; the strictest when we do not know better."""
    return OWN_RULES.get(country) or (Profile.EU if country in UNION else Profile.US_HIPAA)
