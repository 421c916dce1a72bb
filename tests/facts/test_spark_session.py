from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from hongxian.errors import HongxianError
from hongxian.facts import spark_session
from hongxian.facts.spark_session import first_line, plainly, session, submitted


def refused(**values: Any) -> str:
    with pytest.raises(HongxianError) as caught:
        session(**values)
    line = str(caught.value)
    assert "\n" not in line
    return line


@pytest.fixture
def alone(monkeypatch) -> None:
    for name in ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)


def test_without_pyspark_the_extra_is_named(monkeypatch) -> None:
    monkeypatch.setattr(spark_session, "find_spec", lambda _: None)
    assert "pip install 'hongxian[spark]'" in refused()


@pytest.mark.usefixtures("alone")
def test_without_java_it_is_said_which_is_needed(monkeypatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert "needs Java 17 or newer" in refused()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", "/nowhere")
    assert "needs Java 17 or newer" in refused()


@pytest.mark.usefixtures("alone")
def test_a_spark_that_does_not_start_says_why(monkeypatch) -> None:
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    def broken(_: object) -> None:
        raise PySparkRuntimeError("Java gateway process exited\nand a trace")

    monkeypatch.setattr(SparkSession.Builder, "getOrCreate", broken)
    monkeypatch.setattr(spark_session, "_java", lambda: "java")
    assert refused() == "Spark does not start: Java gateway process exited"


@pytest.mark.usefixtures("alone")
def test_on_one_machine_nothing_listens_beyond_it(monkeypatch) -> None:
    from pyspark.sql import SparkSession

    given: dict[str, Any] = {}

    class TakenError(Exception):
        pass

    def taken(builder: Any) -> None:
        given.update(builder._options)
        raise TakenError

    monkeypatch.setattr(SparkSession.Builder, "getOrCreate", taken)
    monkeypatch.setattr(spark_session, "_java", lambda: "java")
    with pytest.raises(TakenError):
        session()
    assert given["spark.driver.bindAddress"] == given["spark.driver.host"] == "127.0.0.1"
    assert given["spark.ui.enabled"] == "false"
    assert given["spark.master"] == "local[*]"
    assert given["spark.sql.shuffle.partitions"] == str(2 * (os.cpu_count() or 1))


def test_what_a_cluster_says_stays(spark) -> None:
    assert submitted()
    assert spark.sparkContext.master == "local[2]"
    assert spark.conf.get("spark.sql.shuffle.partitions") == "2"


def test_times_have_no_zone_and_views_are_nobody_elses(spark) -> None:
    other = session()
    spark.range(1).createOrReplaceTempView("own")
    assert [view.name for view in other.catalog.listTables()] == []
    moment = "timestamp '2026-11-01 08:00:00'"
    assert dict(other.sql(f"select {moment} as t").dtypes) == {"t": "timestamp_ntz"}


def test_what_spark_complains_of_is_one_line(spark) -> None:
    with pytest.raises(HongxianError, match="Spark failed: ") as caught, plainly():
        spark.sql("select nothing from nowhere").collect()
    assert "nowhere" in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(HongxianError, match="/gone: cannot be read as facts"), plainly("/gone"):
        spark.read.parquet("/gone")


def test_an_error_without_words_tells_its_kind() -> None:
    assert first_line(ValueError("")) == "ValueError"


def test_of_an_error_in_our_own_code_on_an_executor_the_kind_is_told() -> None:
    head = "An exception was thrown from the Python worker:\nTraceback\n  File x\n"
    assert first_line(ValueError(head + "ValueError: 13800138000")) == "ValueError"
    said = "hongxian.words.worded.WordedError: /a: No such file"
    assert first_line(ValueError(head + said + "\n")) == said
