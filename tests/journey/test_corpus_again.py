"""`sekisho reread` over the corpus of real reports: what was kept stays as it is, and nothing is counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import sekisho
from tests.cli.served import outcomes


@pytest.mark.slow
def test_reading_the_corpus_again_changes_nothing(tmp_path: Path) -> None:
    from tests.conftest import CORPUS

    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside the project")
    sekisho(tmp_path, ["ingest", "--adopt", CORPUS / "aggregate", CORPUS / "mail"])
    before, facts = outcomes(tmp_path), sekisho(tmp_path, ["export", "records"], check=True).stdout
    assert before["kept"] > 50
    for more in ([], ["--broken"]):
        sekisho(tmp_path, ["reread", *more], check=True)
        assert outcomes(tmp_path) == before
    assert sorted(sekisho(tmp_path, ["export", "records"], check=True).stdout.splitlines()) == sorted(facts.splitlines())
