"""Checks of posts and requests that are not a matter of patterns: channel rules, sources, quotations, a way to opt out."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.identifiers import contacts
from bedside.guard.pack import Pack
from bedside.guard.reading import Reading
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, TextKind
from bedside.guard.words import Word
from bedside.text.normalise import Folded

HASHTAG = re.compile(r"#\w+")
HASHTAGS = {"instagram": 5, "tiktok": 5, "threads": 1, "bluesky": 8, "youtube": 15}  # field study 4.3, read 2026-11-21
MOST_HASHTAGS = 13
SOURCE = re.compile(
    r"(?i)\bdoi\b|10\.\d{4,9}/|\bpmid\b|pubmed|cochrane|\bet al\b|\.gov\b|\b(?:nhs|nice)\.(?:uk|org)|\bwho\.int|\bcancer\.org|\bema\.europa"
    r"|\b(?:sources?|quellen?|fuentes?|fonti|fonte|references?|réf[ée]rences?)\b\s{0,2}:"
    r"|\b(?:according to (?:the )?(?:who|cdc|nhs|nice|fda|nih|national|american|british|royal|guidelines?|ministry)|laut (?:der |dem |den )?(?:who|rki|bzga|awmf|leitlinien?|stiko|bundes\w+|robert)"
    r"|seg[uú]n (?:la |el |los |las )?(?:oms|ministerio|gu[ií]as?|sociedad|instituto|ops|aemps)|selon (?:la |le |l['’]|les )?(?:oms|has|haute|assurance|sant[ée] publique|inserm|recommandations?|minist[èe]re|ofsp|soci[ée]t[ée])"
    r"|secondo (?:la |il |l['’]|lo |le |gli )?(?:oms|iss|ministero|linee|istituto|societ[àa]|ufsp))"
    r"|\b(?:bag\.admin|gesundheitsinformation|infektionsschutz|sanidad\.gob|aemps|isciii|ameli\.fr|has-sante|inserm|santepubliquefrance|santé publique france|iss\.it|salute\.gov|aifa|epicentro|iqwig|lancet|nejm|jama|bmj|plos|ecdc|swissmedic|bfarm|uspstf"
    r"|robert[- ]koch[- ]institut|weltgesundheitsorganisation|world health organi[sz]ation|organisation mondiale de la santé|organización mundial de la salud|organizzazione mondiale della sanità|mayo clinic|deutsche gesellschaft für|haute autorité de santé|istituto superiore di sanità|ministero della salute|ministerio de sanidad)\b"
)
# Written small, these are words: who, nice, has.
AUTHORITY = re.compile(
    r"\b(?:WHO|CDC|NHS|NICE|FDA|NIH|RKI|BZgA|BIÖG|AWMF|STIKO|PEI|BAG|SGE|DGE|OMS|OPS|HAS|ANSM|OFSP|INSERM|ISS|UFSP|S[123]-Leitlinie|ADA|AHA|AAP|AAD|ACOG|ESC|EMA)\b"
)
OPT_OUT = re.compile(
    r"(?i)/(?:ende?|fine?|esci|adi[oó]s|adieu|addio|out|bye|no|leave|off|baja|exit)\b|\bstopp?\b|\bopt(?:ing|ed)?[- ]?out|unsubscri|\boff (?:our|the|this) list|leave (?:our|the|this) list|\bno (?:more|further) \w+|(?:contact|communication|e-?mail|message|mail) (?:preferences|settings)"
    r"|\b(?:rather|prefer) not\b|\b(?:don.t|not) (?:want|wish|keen)|never ask|left? (?:you )?in peace|\bremove[sd]?\b|\bobject(?: here|ion)?\b"
    r"|(?:\b(?:not|never|no longer|stop|won.t|don.t)\W+(?:\w+\W+){0,4}(?:hear(?:ing)?|receiv\w+|be contacted|contact you|text you|email you|write to you|messag\w+|texts?|e-?mails?|mailings?)\b)"
    r"|ab(?:zu)?meld|abbestell|aus(?:zu)?tragen|austragung|abwähl|widerruf|widersprech|widerspr[uo]ch|verteiler|(?:von|aus) (?:der|unserer) liste|\bkeine (?:\w+ )?(?:sms|mails?|e-mails?|nachrichten?|post|anfragen?|erinnerung(?:en)?|mehr)\b|nein,? danke|(?:schreiben|fragen|melden uns)(?: ihnen| euch| sie| dich)? (?:dann )?nicht (?:mehr|wieder)|nichts mehr|\bnicht (?:mehr )?(?:mag|mögen|möchten?)\b|\bnie (?:wieder|mehr)\b|nicht mehr gefragt|bitte nicht mehr|(?:wer|falls sie) kein(?:e[nrs]?)? [^.!?]{0,40}\b(?:mag|will|möchten?|wollen)\b"
    r"|\bnicht (?:mehr|länger|wieder)\W+(?:\w+\W+){0,3}(?:schreiben|angeschrieben|anschreiben|erhalten|bekommen|kontaktier\w+|erinner\w+)"
    r"|\bbajas?\b|desuscri|(?:dejar|deje|deja) de recibir|\bno (?:m[áa]s|volver\w+|recibir\w*)\b|\bno\W+(?:\w+\W+){0,4}(?:recibir\w*|mensajes?|sms|correos?|e-?mails?|avisos?|comunicaciones|escribiremos|escribamos|contactemos)\b|cancelar (?:la )?suscripci|\bno (?:quieres?|quer[eé]is|quieren|desea[ns]?|prefer\w+)\b|\bno volvamos\b|retirar su consentimiento|salir de (?:la|esta|nuestra) lista|para salir|borrar(?:se|te|me)\b|fuera de (?:la|esta|nuestra) lista"
    r"|d[ée]s?inscri|d[ée]sabonn|\bne (?:plus|pas|souhait\w+|voul\w+|désir\w+)\W+(?:\w+\W+){0,5}(?:recevoir|messages?|sms|courriels?|e-?mails?|mails?|contact\w*|sollicit\w+|être)\b|\bne plus\b|plus (?:de|d['’]|aucune?) ?(?:messages?|sms|courriels?|e-?mails?|mails?|envois?|sollicitations?)|pas intéressée?|me retirer|\brefuser\b|(?:nous ne|on ne) (?:vous|te) \w+ plus|écrirons plus|(?:vous|se|te) retirer|(?:quitter|sortir de) (?:la|cette|notre) liste|pour (?:sortir|arrêter)|fin des envois"
    r"|disiscri|cancell(?:ar|azion|at|i\b)|annulla\w* (?:l['’])?iscrizione|\bnon\W+(?:\w+\W+){0,4}(?:ricever\w*|messaggi|sms|mail|e-?mail|avvisi|comunicazioni|contatt\w+|scriveremo|scriviamo)\b|(?:niente|nessun|basta) (?:più |altr[oi] |con )?(?:messaggi|messaggio|sms|mail|e-?mail|comunicazion[ei])|\brifiutare\b|\bnon (?:vuoi|vuole|volete|desider\w+|glielo)\b|rimozione|rimuov\w+|(?:uscire|esci|tolgo|togliamo|toglie\w*|fuori) dalla lista|per uscire|smettere di ricevere"
)
KEYWORD = re.compile(
    r"\b(?:NO|END|OUT|QUIT|CANCEL|ENDE|RAUS|CANCELAR|ALTO|SALIR|BASTA|FIN|FINE|ARR[EÊ]T|NEIN|ESCI|ABMELDEN)\b"
)
OBJECTION = re.compile(
    r"(?i)\b(?:vous |s['’])opposer|\boponer(?:se|te)\b|\bopporsi|\bopt(?:s|ing)? (?:you|me) out|(?:takes?|taking) you off|nicht (?:wünschen|wollen)|rifiut\w+ (?:gli )?invi\w|borra(?:r|mos|remos)?\b|lista se borra"
)
ANSWER = re.compile(  # what the reader is to answer, in capitals or in quotation marks
    r"(?:[Rr]eply|[Tt]ext|[Aa]nswer|[Ss]end|[Aa]ntwort\w*|[Ss]chreib\w*|[Ss]end\w*|[Rr]espond\w*|[Cc]ontest\w*|[Ee]nv[ií]\w*|[Ee]nvoy\w*|[Rr]épond\w*|[Rr]ispond\w*|[Ii]nvi\w*|[Ss]criv\w*)\W+(?:\w+\W+){0,4}[\"“„«']?(?:END|QUIT|CANCEL|NO|OUT|OFF|ENDE|NEIN|AUS|RAUS|FIN|SALIR|NON|ARRET|ARRÊT|BASTA|ESCI|FINE|NO MORE|no more)\b"
)
LINK = re.compile(
    r"(?:https?://|www\.)[^\s,;)]{1,200}(?<![.!?])|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.])[\w-]{2,63}(?:\.[\w-]{1,63}){0,4}\.(?:example|com|org|net|info|gov|edu|eu|health|clinic|[a-z]{2})\b(?:/[\w./?=&%#-]{0,200})?"
)
UNSENT = frozenset({"print"})  # channels that reach only who takes the card: there is nothing to opt out of
LONGEST_NAME = 6  # words
QUOTATION = re.compile(r"[“„«»\"‹›‚‘][^“”„«»\"‹›]{12,600}[”“»«\"‹›’‘]")
# What the text as a whole speaks of is told to the weigher at each of its sentences.
CUES = frozenset(
    "age beforeafter consented event happened hiring honest invented laugh mock offer opening optout persona privately rx seekcare "
    "sourceword tariff testify unhappy".split()
)
LONGEST_SENTENCE = 45  # words


def spots(folded: Folded, found: list[Word], context: Context) -> Iterator[Spot]:
    """Yield what is wrong with a post or a request besides its words."""
    if context.kind is TextKind.POST:
        yield from _post(folded.original, context)
    elif context.channel not in UNSENT and not has_opt_out(folded.original) and any(w.text.isalpha() for w in found):
        yield Spot(*folded.span(found[0].start, found[-1].end), "request.opt_out")


def cues(reading: Reading, pack: Pack) -> tuple[str, ...]:
    """Return what the weigher should know of the whole text: that it names a source, quotes somebody, tells of a person."""
    text = reading.folded.original
    present = {concept for symbol in set(reading.symbols) for concept in pack.meanings.get(symbol, ())}
    told = [f"text {concept}" for concept in sorted(CUES & present)]
    told += ["text sourced"] * has_source(text) + ["text quoted"] * (QUOTATION.search(text) is not None)
    return tuple(told)


def without_links(found: list[Word], folded: Folded) -> list[Word]:
    """Return the words with each link and mail address as one: its full stops end no sentence."""
    links = deque(match.span() for match in LINK.finditer(folded.text))
    kept: list[Word] = []
    for word in found:
        while links and links[0][1] <= word.start:
            links.popleft()
        if not links or word.start < links[0][0]:
            kept.append(word)
        elif word.start == links[0][0]:
            kept.append(Word("www", *links[0]))
    return kept


@lru_cache(maxsize=256)
def short_names(clinic: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a clinic and the parts of two words and more by which it calls itself."""
    parts = dict.fromkeys(clinic)
    for name in clinic:
        written = name.split()
        spans = [(i, j) for i in range(len(written)) for j in range(i + 2, min(len(written), LONGEST_NAME) + 1)]
        parts |= {" ".join(written[i:j]): None for i, j in spans}
    return tuple(parts)


def quotations(reading: Reading, pack: Pack) -> Iterator[Spot]:
    """Yield the quotations in which somebody speaks well of the clinic."""
    praised = [
        reading.folded.span(start, end)[0]
        for symbol, start, end in zip(reading.symbols, reading.starts, reading.ends, strict=True)
        if "testify" in pack.meanings.get(symbol, ())
    ]
    for match in QUOTATION.finditer(reading.folded.original):
        place = bisect_left(praised, match.start())
        if place < len(praised) and praised[place] < match.end():
            yield Spot(match.start(), match.end(), "post.testimonial", is_strong=True)


def _post(text: str, context: Context) -> Iterator[Spot]:
    tags = list(HASHTAG.finditer(text))
    if len(tags) > HASHTAGS.get(context.channel, MOST_HASHTAGS):
        yield Spot(tags[0].start(), tags[-1].end(), "post.hashtags")
    if context.channel.startswith("google"):
        for start, end in contacts.phones(text):
            yield Spot(start, end, "post.phone")
    for match in re.finditer(r"[^.!?\n]{1,2000}", text):
        if len(match.group().split()) > LONGEST_SENTENCE:
            yield Spot(match.start(), match.end(), "post.reading")


def has_source(text: str) -> bool:
    """Return whether a text names a source: a DOI, a PMID, an authority or the word itself."""
    return SOURCE.search(text) is not None or AUTHORITY.search(text) is not None


def has_opt_out(text: str) -> bool:
    """Return whether a message says how to get no more of them."""
    return any(pattern.search(text) for pattern in (OPT_OUT, KEYWORD, OBJECTION, ANSWER))
