"""The documents say what is true: settings are all there, links lead somewhere, commands exist."""

import re
from pathlib import Path

import pytest

from bedside import cli

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
READ = re.compile(r'\benv\.(?:text|flag|number|names)\(\s*"([A-Z_]+)"')
COMMAND = re.compile(r"\bbedside ([a-z]+)(?: ([a-z]+))?(?=[ `\n-]|$)")


def test_settings_page_names_every_setting_and_nothing_else() -> None:
    read = {name for file in ROOT.glob("bedside/**/*.py") for name in READ.findall(file.read_text())}
    rows = re.findall(r"^\| `BEDSIDE_([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(read - {"DATABASE_URL"})
    assert "| `DATABASE_URL` |" in (ROOT / "docs/settings.md").read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text())
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not missing


def test_commands_in_the_documents_exist() -> None:
    known = set(cli.PASSED_ON) | set(re.findall(r'add_parser\("([a-z]+)"', Path(cli.__file__).read_text())) | {"audit"}
    for document in DOCUMENTS:
        blocks = re.findall(r"```\n(.*?)```|`(bedside [^`]*)`", document.read_text(), re.DOTALL)
        lines = [line for block in blocks for line in "".join(block).splitlines()]
        told = [match.group(1) for line in lines if (match := COMMAND.match(line.strip().removeprefix(".venv/bin/")))]
        assert set(told) <= known, document.name
