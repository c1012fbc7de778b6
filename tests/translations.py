"""The catalogues of the languages: what there is to translate, and what is wrong with a translation.

    python -m tests.translations           says what is wrong, a sentence a line; status 1 when something is
    python -m tests.translations update    collects the sentences, brings every .po up to date and compiles it

Sentences come from three places: calls of gettext in Python, the templates, and the pure packages that know no gettext:
manifests and errors of the connectors, and the options of the guard. Those are translated when they are shown.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from bedside.connectors import errors, registry
from bedside.guard.profiles import OPTIONS as GUARD_OPTIONS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "bedside"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("de", "es", "fr", "it")
METHODS = [("**/tests/**", "ignore"), ("**/test_*.py", "ignore"), ("**.py", "python"), ("templates/**", "jinja2")]
# As `bedside.lib.pages.environment` is set up, or the sentences found here are not those looked up there.
OPTIONS = {
    "templates/**": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
NOTE = "Translators:"
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
PLACEHOLDER = re.compile(r"%(?:\(\w+\)\d*[a-z]|%)")
MARKUP = re.compile(r'[<>&"]')


def collect() -> Catalog:
    """Return everything there is to translate."""
    found = Catalog(charset="utf-8")
    for _file, _line, message, comments, context in extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS, [NOTE]):
        found.add(message, auto_comments=comments, context=context)
    for sentence in (*manifest_words(), *error_sentences(), *option_sentences()):
        found.add(sentence)
    return found


def manifest_words() -> Iterator[str]:
    """Yield the words of the connectors' manifests that a person reads."""
    for platform in registry.INSTALLED:
        manifest = registry.get(platform).manifest
        words = (manifest.note, *(word for one in manifest.secrets for word in (one.label, one.hint)))
        yield from (word for word in words if " " in word or word.isalpha())  # else it is an example of an address


def option_sentences() -> Iterator[str]:
    """Yield the questions on which sources disagree, and their answers."""
    for option in GUARD_OPTIONS.values():
        yield from (option.asks, *(choice.means for choice in option.choices))


def error_sentences() -> Iterator[str]:
    """Yield the sentences of the errors that the connectors raise."""
    for file in sorted((PACKAGE / "connectors").rglob("*.py")):
        if not file.name.startswith("test_"):
            yield from _sentences(ast.parse(file.read_text(encoding="utf-8")))


def _sentences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
            if isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)
            elif isinstance(node.args[0], ast.JoinedStr):
                raise SystemExit(f"{ast.unparse(node)} cannot be translated: write its sentence without values.")


def file_of(language: str, suffix: str = "po") -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


def read(language: str) -> Catalog:
    """Return the catalogue of a language, an empty one when there is none yet."""
    file = file_of(language)
    return read_po(io.BytesIO(file.read_bytes() if file.exists() else b""), locale=language, charset="utf-8")


def update() -> None:
    """Bring the files of every language up to date. What is new is empty, what is gone is dropped, nothing is guessed."""
    template = collect()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.fuzzy = False
        catalog.header_comment = "# Bedside, see docs/translating.md"
        _keep(catalog, language)


def _keep(catalog: Catalog, language: str) -> None:
    file_of(language).parent.mkdir(parents=True, exist_ok=True)
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {language}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    text = io.BytesIO()
    write_po(text, catalog, width=120, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=True)
    file_of(language).write_text(head + text.getvalue().decode(), encoding="utf-8")
    with file_of(language, "mo").open("wb") as file:
        write_mo(file, read(language))


def problems() -> list[str]:
    """Return what is wrong, a sentence each."""
    template = collect()
    return [sentence for language in LANGUAGES for sentence in _problems_of(language, template)]


def _problems_of(language: str, template: Catalog) -> Iterator[str]:
    catalog = read(language)
    for wanted in template:
        if wanted.id:
            message = catalog.get(wanted.id, wanted.context)
            for problem in _problems_in(message, catalog.num_plurals):
                yield f"{language}: {_shown(wanted)} {problem}; run script/translate and mend {file_of(language).relative_to(ROOT)}."
    if not file_of(language, "mo").exists() or not _is_compiled(language, catalog):
        yield f"{language}: the compiled file is not made of the .po beside it; run script/translate."


def _problems_in(message: Message | None, plurals: int) -> Iterator[str]:
    if message is None:
        yield "is missing"
        return
    said, asked = each(message.string), each(message.id)
    if message.fuzzy:
        yield "is fuzzy"
    if not all(said):
        yield "is empty"
    elif len(said) != (plurals if len(asked) > 1 else 1):
        yield "lacks a plural"
    elif not all(_placeholders(one) in map(_placeholders, asked) for one in said):
        yield "has other placeholders"
    elif any(MARKUP.search(one) for one in said) and not any(MARKUP.search(one) for one in asked):
        yield "holds a sign that HTML reads as its own"


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def _shown(message: Message) -> str:
    return f"“{each(message.id)[0]}”" + (f" ({message.context})" if message.context else "")


def _is_compiled(language: str, catalog: Catalog) -> bool:
    with file_of(language, "mo").open("rb") as file:
        compiled = read_mo(file)
    return _content(compiled) == _content(catalog)


def _content(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what the catalogue says, without what is still empty."""
    said = [one for one in catalog if one.id and any(each(one.string))]
    return {(_context(one), *each(one.id)): each(one.string) for one in said}


def _context(message: Message) -> str:
    """Return the context as text; Babel reads it from a .mo as bytes."""
    return message.context.decode() if isinstance(message.context, bytes) else message.context or ""


def each(words: str | Iterable[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def main() -> int:
    if sys.argv[1:] == ["update"]:
        update()
    found = problems()
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
