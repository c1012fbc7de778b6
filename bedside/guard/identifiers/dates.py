"""Find dates, in digits and in words of five languages, and the ages of the very old."""

import re
from collections.abc import Iterator
from itertools import islice

from bedside.guard.identifiers.found import Found

MONTHS = (
    # names of months and what they are shortened to; en, de, es, fr, it
    "january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    "januar|jänner|jaenner|februar|feber|märz|maerz|juni|juli|oktober|dezember|okt|dez|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|"
    "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|may"
)
WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
    "lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "lunedì|martedì|mercoledì|giovedì|venerdì|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica"
)
# The day of a month in words: "the twenty-first of May", "am dritten Mai", "el veintiuno de mayo", "le premier mai".
ORDINALS = (
    "(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|"
    "(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreissig|dreißig)ste[nr]?|ersten?|zweiten?|dritten?|vierten?|fünften?|sechsten?|"
    "siebten?|achten?|neunten?|zehnten?|elften?|zwölften?|(?:drei|vier|fünf|sech|sieb|acht|neun)zehnten?|"
    "primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve|veinte|"
    "veinti(?:uno|dós|trés|cuatro|cinco|séis|siete|ocho|nueve)|treinta(?: y uno)?|"
    "premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize|"
    "vingt(?:(?: et |-et-)un|-(?:deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?:(?: et |-et-)un)?|"
    "primo|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove|"
    "venti|vent(?:uno|idue|itré|iquattro|icinque|isei|isette|otto|inove)|trenta|trentuno"
)
DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|°|\.)?|{ORDINALS})"
YEAR = r"(?:19|20)\d\d"
OF = r"(?: ?\b(?:of|de|del|d')\b ?| |-|/)"
NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[./-])(?:0?[1-9]|1[0-2])(?P=a)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])(?P<b>[/-])(?:0?[1-9]|[12]\d|3[01])(?P=b)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d(?P<c>[./-])(?:0?[1-9]|1[0-2])(?P=c)(?:0?[1-9]|[12]\d|3[01]))(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?(?![\w/-]|\.\d)"
)
# Before a month: a day. After a month: a day and perhaps a year, or a year.
DAY_BEFORE = re.compile(rf"(?i)(?<!\w){DAY}{OF}\Z")
DAY_AFTER = re.compile(rf"(?i)\.? (?:the )?{DAY}(?![\w:])(?:,? {YEAR}(?!\d))?")
YEAR_AFTER = re.compile(rf"(?i)\.?(?:{OF}|, ?){YEAR}(?!\d)")
LONGEST_DAY = 40  # letters of a day in words with what joins it to the month
MOST_MONTHS = 300  # of a text that are looked at
WEEKDAY = re.compile(rf"(?i)(?<!\w)(?:{WEEKDAYS})(?!\w)")
YEAR_ALONE = re.compile(r"(?<![\w.,/:-])(?:19[3-9]|20[0-4])\d(?![\w/:-]|[.,]\d)")
# Ages over 89, 45 CFR 164.514(b)(2)(i)(C); up to 119.
OLD = r"(?:9\d|1[01]\d)"
OLD_WORDS = (
    "ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?neunzig|"
    "noventa(?: y (?:un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?|quatre-vingt-(?:dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize)|"
    "nonante(?: et un|-(?:deux|trois|quatre|cinq|six|sept|huit|neuf))?|novant(?:a|uno|adue|atré|aquattro|acinque|asei|asette|otto|anove)"
)
OVER_89 = re.compile(
    rf"(?i)(?<![\w.,/-])(?:(?:{OLD}|{OLD_WORDS})[ -]?(?:years?[ -]old|year[ -]old|y/?o\b|jährig\w{{0,2}}|jahre? alt|años|ans\b|anni\b)"
    rf"|(?:aged?|alter|edad(?: de)?|âge(?: de)?|âgée? de|età(?: di)?|im alter von)[ :]{{1,2}}(?:{OLD}|{OLD_WORDS})(?![\w%]))"
)
# What is old may be a house, and years may be counted of something else: "our clinic is 95 years old", "95 ans d'expérience".
NOBODY_BEFORE = re.compile(
    r"(?i)(?:\b(?:practice|clinic|hospital|building|house|office|company|firm|praxis|klinik|haus|spital|gebäude|firma|apotheke|clínica|centro|edificio|casa|farmacia|"
    r"empresa|cabinet|clinique|hôpital|maison|bâtiment|entreprise|pharmacie|studio|clinica|ospedale|palazzo|azienda)\b[^.!?\n]{0,30}"
    r"|\b(?:hace|durante|más de|desde|casi|últimos|depuis|pendant|plus de|presque|derniers|da|oltre|per|quasi|ultimi|seit|über|fast|over|for|last|nearly|almost) )\Z"
)
NOBODY_AFTER = re.compile(
    r"(?i) (?:de |d['’]|di |of |al )(?:experien|expérien|esperien|histor|storia|histoire|trad|activi|attivit|servi|prácti|prati|practi|garant|oficio|métier|mestiere|exist|esist)"
)
FAR = 60  # letters before an age in which a house may stand


WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")
MONTH_WORDS = frozenset(MONTHS.replace("?", "").split("|")) | {"sep"}
OLD_STEMS = ("ninety", "neunzig", "novent", "nonante", "quatre-vingt-", "novant")


def dates(text: str) -> Iterator[Found]:
    """Yield dates that name at least a day, or a month of a year."""
    if DIGIT.search(text):
        for match in NUMERIC.finditer(text):
            yield Found(*match.span(), "date")
    yield from _worded(text)


def _worded(text: str) -> Iterator[Found]:
    """Yield dates with the month in words."""
    if MONTH_WORDS.isdisjoint(WORD.findall(text.lower())):
        return
    months = (match for match in WORD.finditer(text) if match.group().lower() in MONTH_WORDS)
    for month in islice(months, MOST_MONTHS):
        start, end = month.span()
        before = DAY_BEFORE.search(text, max(start - LONGEST_DAY, 0), start)
        after = (None if before else DAY_AFTER.match(text, end)) or YEAR_AFTER.match(text, end)
        if before or after:
            yield Found(before.start() if before else start, after.end() if after else end, "date")


def has_day_and_year(date: str) -> bool:
    """Return whether a date that was found names its day and its year."""
    figures = re.findall(r"\d+", date)
    has_year = any(len(figure) == 4 for figure in figures) or len(figures) == 3
    return has_year and (len(figures) > 1 or _has_day_in_words(date))


def _has_day_in_words(date: str) -> bool:
    month = next(match for match in WORD.finditer(date) if match.group().lower() in MONTH_WORDS)
    return DAY_BEFORE.search(date, 0, month.start()) is not None


def days(text: str) -> Iterator[Found]:
    """Yield weekdays and years that stand alone: they tell a time, but by themselves identify nobody."""
    for match in WEEKDAY.finditer(text):
        yield Found(*match.span(), "day")
    for match in YEAR_ALONE.finditer(text):
        yield Found(*match.span(), "year")


def ages(text: str) -> Iterator[Found]:
    """Yield ages over 89."""
    low = text.lower()
    if not DIGIT.search(text) and not any(stem in low for stem in OLD_STEMS):
        return
    for match in OVER_89.finditer(text):
        start, end = match.span()
        if NOBODY_BEFORE.search(text, max(start - FAR, 0), start) or NOBODY_AFTER.match(text, end):
            continue
        yield Found(*match.span(), "age")
