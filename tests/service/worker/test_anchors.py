from __future__ import annotations

from pathlib import Path

from service.operations.audit import read_anchors
from tests.service.services import a_service


def test_a_service_anchors_its_log_as_it_goes_and_at_its_end(tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    with a_service(tmp_path, audit_anchors=anchors, audit_anchor_every=3600) as caller:
        caller.submitted()
        assert read_anchors(anchors) == ()
    (last,) = read_anchors(anchors)
    assert last.position == 3


def test_an_anchor_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    with a_service(tmp_path, audit_anchors=tmp_path, audit_anchor_every=0.01) as caller:
        run = caller.submitted()
        assert caller.get(run).json()["status"] == "solved"
