"""A person's recorded judgement: who says what about which rule, since when, on what paper."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hongxian.facts import Fact, Run, Store
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from hongxian.rules.load import Rule

ANSWERS = ("violated", "satisfied", "not_applicable")
"""What a person can answer; *suspected* and *unclear* are no answers."""


def make_answer(  # noqa: PLR0913 - an answer has this many parts
    rule: Rule,
    subject: str,
    verdict: str,
    *,
    author: str,
    since: datetime,
    attachment: Path | None = None,
    note: str = "",
) -> Fact:
    """Return the fact that records an answer.

    Args:
        rule: what is answered.
        subject: about what, as reports name it.
        verdict: one of :data:`ANSWERS`.
        author: who answers, and answers for it.
        since: from when it holds.
        attachment: the paper behind it; its name and sha256 are kept, never its content.
        note: why, in the author's words.

    Raises:
        HongxianError: the attachment cannot be read.
    """
    try:
        sha256 = hashlib.sha256(attachment.read_bytes()).hexdigest() if attachment else None
    except OSError as error:
        raise unreadable(attachment, error) from None
    return Fact(
        subject=subject,
        sensor="answer",
        kind="answer",
        item=rule.id,
        outcome=verdict,
        actor=author,
        effective_at=since,
        certainty="declared",
        locator=attachment.name if attachment else None,
        artefact=sha256,
        detail={"note": note} if note else {},
    )


def record_answer(store: Store, answer: Fact) -> str:
    """Write an answer to a store and return its fact id.

    Raises:
        HongxianError: the store has no facts on the answer's subject.
    """
    known = store.con.execute(
        "select count(*) from main.runs where subject = ?", [answer.subject]
    ).fetchone()
    if not known or not known[0]:
        rows = store.con.execute("select distinct subject from main.runs order by 1").fetchall()
        names = ", ".join(row[0] for row in rows) or "-"
        raise WordedError("no_subject", subject=answer.subject, names=names)
    run = Run(sensor="answer", subject=answer.subject, artefact=answer.artefact)
    store.begin(run)
    store.add_facts(run, [answer])
    store.finish(run)
    return answer.fact_id
