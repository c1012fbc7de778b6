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
    if len(number) > LONGEST:
        return False
    from phonenumbers import NumberParseException, is_valid_number, parse  # its plans: only when there is a number

    for region in REGIONS.get(language, ANYWHERE):
        try:
            parsed = parse(number, region)
        except NumberParseException:
            continue
        if is_valid_number(parsed):
            return True
    return False
