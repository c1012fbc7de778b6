"""Which of the five languages a text is in: its small words decide; the trained detector is asked only in doubt."""

from collections import Counter

from bedside.guard.words import Word

SMALL_WORDS = {
    "en": "the and you your our we is are to of for with this that have has was were be it not thank thanks hear us at will please sorry an by on from can would hi hello dear very as all any",
    "de": "der die das und wir sie ihr ihre ihren ihrem ihrer ist sind nicht zu mit fur von dem den ein eine einen einer uns unser unsere unserer vielen dank danke auf bei es haben wurde werden im am auch dass leider gerne bitte sich du dein deine dich dir euch hallo liebe lieber guten tag freut",
    "es": "el los las y nosotros usted su sus que de del por para con una es son no gracias nuestro nuestra nos le lo al muy fue ha han hemos en se tu te esta este como sentimos lamentamos hola estimado estimada pero mas",
    "fr": "le les et nous vous votre vos que de du des pour avec une est sont ne pas merci notre nos au aux dans sur ce cette a ete avons je il elle en par qui d l j n s bonjour plus tres mais cher chere tu ton ta",
    "it": "il gli e noi lei suo sua suoi che di del della dei per con una non grazie nostro nostra nostri ci la le lo al alla sono stato stata abbiamo in si da un questo questa anche buongiorno gentile tuo tua ti molto ma piu come delle nel dell l",
}
ENOUGH = 24  # votes: two small words of one language alone
_VOTES: dict[str, tuple[str, ...]] = {}
for _language, _words in SMALL_WORDS.items():
    for _word in _words.split():
        _VOTES[_word] = (*_VOTES.get(_word, ()), _language)


def votes(found: list[Word]) -> Counter[str]:
    """Count the small words of each language; a word shared by several counts for each in part."""
    counted: Counter[str] = Counter()
    for word in found:
        for language in (shared := _VOTES.get(word.text, ())):
            counted[language] += 12 // len(shared)
    return counted


def tongue(found: list[Word], text: str) -> str:
    """Return the code of the language of a text, which may be none of the five.

    Where nothing tells it is English, or "und" when no letter is Latin.
    """
    ranked = votes(found).most_common(2)
    if ranked and ranked[0][1] >= ENOUGH and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
        return ranked[0][0]
    if not any(word.text[0].isalpha() for word in found):
        return "en"
    from bedside.text.language import detect  # loads a model: only when the small words are undecided

    is_latin = any(character.isascii() and character.isalpha() for character in text)
    return detect(text)[0] or ("en" if is_latin else "und")
