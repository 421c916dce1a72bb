from __future__ import annotations

from hongxian.guards.keep.lane.judged import WORDS
from hongxian.guards.keep.lane.metrics import COUNTS, Metrics


def test_counts_as_prometheus_reads_them() -> None:
    metrics = Metrics()
    metrics.add("refused")
    metrics.verdicts[0] = 5
    text = metrics.text(WORDS, 2, [1, 0, 3, 0])
    assert "hongxian_keep_refused_total 1\n" in text
    assert 'hongxian_keep_statements_total{verdict="safe"} 6\n' in text
    assert 'hongxian_keep_statements_total{verdict="destructive"} 3\n' in text
    assert text.endswith("hongxian_keep_sessions_open 2\n")
    assert all(f"# HELP hongxian_keep_{name}_total" in text for name in COUNTS)
