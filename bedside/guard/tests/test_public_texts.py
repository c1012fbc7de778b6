import os

import pytest

from bench.identifiers import measure


@pytest.mark.skipif(
    not {"BEDSIDE_PRESIDIO_RESEARCH", "BEDSIDE_MEDDOCAN"} & set(os.environ),
    reason="neither BEDSIDE_PRESIDIO_RESEARCH nor BEDSIDE_MEDDOCAN names a folder",
)
def test_identifiers_are_found_in_public_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRESIDIO_PYTHON", raising=False)
    least = {"presidio-research": 0.93, "presidio-research, odd templates": 0.92, "meddocan-test": 0.96}
    for name, figures in measure().items():
        assert figures["f1"] >= least[name], name
