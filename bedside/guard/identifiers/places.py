"""Find street addresses and post boxes by the words that streets are called by in five languages."""

import re
from collections.abc import Iterator

from bedside.guard.identifiers.dates import DIGIT
from bedside.guard.identifiers.found import Found

NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}"
LINK = r"(?:(?:de|del|de la|de las|de los|du|des|di|della|dei|delle|degli|la|le|y|e) |d['’]|de l['’]|dell['’]|l['’])"
NUMBER = r"(?:n[º°o.]{1,2} ?)?\d{1,5}(?: ?(?:bis|ter|quater)\b|[ -]?[A-Za-z]\b)?"
# For each form of address the beginnings of words of which one must be in the text, in small letters.
STREETS = tuple(
    (tuple(stems.split(",")), re.compile(source))
    for stems, source in (
        (
            " st,street,ave,road, rd,boulevard,blvd,lane, ln,drive, dr,court, ct,way,pl,sq,terrace,close,crescent,highway,hwy,circle,trail,row,mews,hill",
            rf"(?<![\w-])\d{{1,5}}[A-Za-z]? (?:(?:North|South|East|West|[NSEW]\.?) )?(?:{NAME} ){{1,3}}"
            r"(?i:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Close|Crescent|Highway|Hwy|Parkway|Pkwy|Circle|Trail|Row|Mews|Hill)\b\.?",
        ),
        (
            "stra,str.,gasse,weg,platz,allee,ring,damm,ufer,steig,graben,hof,rain,matte",
            rf"(?<!\w)(?:{NAME}[ -]){{0,3}}[A-ZÄÖÜ]?[\w-]{{2,30}}(?:stra(?:ss|ß)e|str\.|gasse|weg|platz|allee|ring|damm|ufer|steig|graben|hof|rain|matte)[ ]\d{{1,4}}(?: ?[a-z]\b)?",
        ),
        (
            "stra,str.,allee,platz,weg,gasse",
            rf"(?<!\w)(?:(?:{NAME}-|{NAME} )(?:Strasse|Straße|Str\.|Allee|Platz|Weg|Gasse)) \d{{1,4}}(?: ?[a-z]\b)?",
        ),
        (
            "calle,c/,av,paseo,pza,plaza,camino,ronda,carre,traves,rambla,passeig",
            rf"(?<!\w)(?i:calle|c/|avda?\.?|avenida|paseo|pza\.?|plaza|camino|ronda|carretera|travesía|rambla|passeig|carrer) ?{LINK}{{0,2}}{NAME}(?: {LINK}{{0,2}}{NAME}){{0,4}},? {NUMBER}",
        ),
        (
            "rue,av,boulevard,bd,place,chemin,impasse,allée,quai,route,cours,square,passage,faubourg",
            rf"(?<![\w-])\d{{1,4}}(?: (?:bis|ter))?,? (?i:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|route|cours|square|passage|faubourg) {LINK}{{0,2}}{NAME}(?:[ -]{LINK}{{0,2}}{NAME}){{0,4}}",
        ),
        (
            "rue,av,chemin,route,quai,boulevard",
            rf"(?<!\w)(?i:rue|avenue|av\.|chemin|route|quai|boulevard) {LINK}{{0,2}}{NAME}(?:[ -]{LINK}{{0,2}}{NAME}){{0,4}},? \d{{1,4}}(?: ?(?:bis|ter)\b)?",
        ),
        (
            "via,v.le,p.za,piazza,c.so,corso,largo,vicolo,strada,lungomare,contrada",
            rf"(?<!\w)(?i:via|viale|v\.le|piazza|p\.za|piazzale|corso|c\.so|largo|vicolo|strada|lungomare|contrada) {LINK}{{0,2}}{NAME}(?: {LINK}{{0,2}}{NAME}){{0,4}},? {NUMBER}",
        ),
        (
            "box,postfach,apartado,postale",
            r"(?i)\bp\.? ?o\.? box \d{1,6}|\bpostfach \d{1,6}|\bapartado(?: de correos)? \d{1,6}|\bbo[iî]te postale \d{1,6}|\bcasella postale \d{1,6}",
        ),
    )
)


def streets(text: str) -> Iterator[Found]:
    """Yield addresses of houses."""
    if not DIGIT.search(text):
        return
    low = text.lower()
    for stems, pattern in STREETS:
        if any(stem in low for stem in stems):
            for match in pattern.finditer(text):
                yield Found(*match.span(), "street")
