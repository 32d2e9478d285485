"""An HR system and its planner, written against nothing but a generated client.

Run by `test_generated_client.py` in an environment that has none of our code: the address and
the key are its arguments, the round comes by standard input. It prints what it has seen.
"""

from __future__ import annotations

import json
import sys

from client import AuthenticatedClient
from client.api.questions import why_not
from client.api.rounds import (
    create_draft,
    edit_document,
    list_round_changes,
    list_rounds,
    publish_round,
    read_document,
    read_round,
    solve_round,
    submit_round,
    withdraw_round,
)
from client.api.runs import list_assignments, read_run, watch_run
from client.models import (
    DraftView,
    MatchResult,
    ProblemDetails,
    RoundPatch,
    RoundSubmission,
    RoundView,
)


def main() -> None:
    address, key = sys.argv[1:]
    service = AuthenticatedClient(address, key, raise_on_unexpected_status=True)
    document = RoundSubmission.from_dict(json.load(sys.stdin))
    result = submit_round.sync(client=service, body=document, prefer="wait=60")
    assert isinstance(result, MatchResult), result

    draft = create_draft.sync_detailed(client=service, body=document)
    assert isinstance(draft.parsed, DraftView), draft
    round_id, etag = draft.parsed.round_.id, draft.headers["etag"]
    changes = RoundPatch.from_dict({"name": "Edited", "participants": {"E-0": None}})
    edited = edit_document.sync_detailed(round_id, client=service, body=changes, if_match=etag)
    assert isinstance(edited.parsed, RoundView), edited
    late = edit_document.sync(round_id, client=service, body=changes, if_match=etag)
    assert isinstance(late, ProblemDetails), late
    kept = read_document.sync(round_id, client=service)
    assert isinstance(kept, RoundSubmission), kept

    etag = edited.headers["etag"]
    solved = solve_round.sync(round_id, client=service, if_match=etag, prefer="wait=60")
    assert isinstance(solved, MatchResult), solved
    run_id = solved.run.id
    run = read_run.sync(run_id, client=service)
    events = watch_run.sync(run_id, client=service)
    pairs = list_assignments.sync(run_id, client=service, limit=1000)
    first = pairs.items[0]
    other = next(pair for pair in pairs.items if pair.mentor != first.mentor)
    verdict = why_not.sync(run_id, client=service, mentor=first.mentor, mentee=other.mentee)

    etag = read_round.sync_detailed(round_id, client=service).headers["etag"]
    published = publish_round.sync_detailed(round_id, client=service, if_match=etag)
    etag = published.headers["etag"]
    withdrawn = withdraw_round.sync(round_id, client=service, if_match=etag)
    every = list_rounds.sync(client=service)
    acts = list_round_changes.sync(round_id, client=service)
    seen = {
        "late": (late.status, late.issues[0].code),
        "kept": (kept.name, len(kept.participants)),
        "run": (run.status, run.stale),
        "end": "event: end" in events,
        "pairs": len(pairs.items),
        "verdict": verdict.verdict,
        "published": published.parsed.status,
        "withdrawn": withdrawn.status,
        "rounds": len(every.items),
        "acts": [change.act for change in acts.items],
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
