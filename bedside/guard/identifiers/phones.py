"""Tell a phone number that can be called from other digits, with the numbering plans in the package phonenumbers."""

from functools import lru_cache

REGIONS = {
    "en": ("US", "GB", "IE", "AU"),
    "de": ("DE", "CH", "AT"),
    "es": ("ES", "MX", "US"),
    "fr": ("FR", "CH", "BE", "CA"),
    "it": ("IT", "CH"),
}
ANYWHERE = ("US", "GB", "DE", "CH", "AT", "ES", "FR", "IT")
LONGEST = 40  # characters of a number with its marks


@lru_cache(maxsize=2048)
def is_phone(number: str, language: str = "") -> bool:
    """Return whether a number is valid in a country of the language, or in the one that its +41 names."""
    return bool(_kinds(number, language))


@lru_cache(maxsize=2048)
def is_line(number: str, language: str = "") -> bool:
    """Return whether a number is that of a line or a mobile; nobody lives behind a free or a shared one."""
    from phonenumbers import PhoneNumberType as Kind

    lines = {Kind.FIXED_LINE, Kind.MOBILE, Kind.FIXED_LINE_OR_MOBILE, Kind.VOIP, Kind.PERSONAL_NUMBER}
    kinds = _kinds(number, language)
    return bool(kinds) and kinds <= lines


def _kinds(number: str, language: str) -> set[int]:
    """Return the kinds of number that a number is in the countries of a language; none when it is no number."""
    from phonenumbers import NumberParseException, is_valid_number, number_type, parse  # its plans: only when needed

    kinds: set[int] = set()
    if len(number) <= LONGEST:
        for region in REGIONS.get(language, ANYWHERE):
            try:
                parsed = parse(number, region)
            except NumberParseException:
                continue
            if is_valid_number(parsed):
                kinds.add(number_type(parsed))
    return kinds
