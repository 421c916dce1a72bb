"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bench.fetch_apks import fetch
from coverage import Coverage
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterator

SPARK = {
    "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2", "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.log.level": "ERROR",
}  # fmt: skip
"""A small Spark: on a few rows, compiling a query costs more than running it."""

JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""The JVM of a test lives for a minute: it compiles little."""

settings.register_profile("ours", deadline=None)  # machines are noisy: no test asserts a time
settings.load_profile("ours")


_covering = {"file": ""}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let coverage know lines by the file of tests that ran them, as ``.ci/own_coverage.py`` asks.

    By each test, as ``--cov-context=test`` does, they would be written down sixty times as often.
    """
    measured, file = Coverage.current(), item.location[0]
    if measured is not None and _covering["file"] != file:
        measured.switch_context(file)
        _covering["file"] = file


@pytest.fixture(scope="module", autouse=True)
def _unread() -> None:
    """Each file of tests reads the product's lists itself, whatever others have read before."""
    ours = [module for name, module in sys.modules.items() if name.startswith("hongxian.")]
    for cached in {id(value): value for one in ours for value in vars(one).values()}.values():
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()


@pytest.fixture(scope="session")
def real_apks() -> dict[str, Path]:
    """Real APKs by name, such as ``Yosemite.apk``; fetched on first use, then cached."""
    return fetch()


class WholeFiles(LoadScopeScheduling):
    """Lets one worker run a file, which makes what its tests share once; and all files of Spark.

    By the files' own words: groups of ``--dist loadgroup`` are lost between pytest 9.2 and
    pytest-xdist 3.8.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _shared(nodeid.partition("::")[0])


SPARKS = re.compile(
    r"def \w+\([^)]*\bspark\b|usefixtures\(.spark|.spark_started|spark_session import"
)
"""How a file of tests uses Spark."""


@cache
def _shared(file: str) -> str:
    text = (Path(__file__).parents[1] / file).read_text("utf-8")
    return "spark" if SPARKS.search(text) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFiles:
    """Whatever ``--dist`` says."""
    return WholeFiles(config, log)


@pytest.fixture(scope="session")
def spark_started(request: pytest.FixtureRequest) -> Iterator[None]:
    """Spark on two processors of this machine, as ``spark-submit`` would have prepared it."""
    if shutil.which("java") is None:
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line("\nNOT RUN: rules and audits on Spark: no java")
        pytest.skip("no java")
    conf = " ".join(f"--conf {name}={value}" for name, value in SPARK.items())
    words = f"--master local[2] --driver-memory 1g --driver-java-options '{JVM}' {conf}"
    root = Path(__file__).parents[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", f"{words} pyspark-shell")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        # executors import what the tests hand to them
        patch.setenv("PYTHONPATH", str(root), prepend=os.pathsep)
        yield
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        running.stop()


@pytest.fixture
def spark(spark_started: None) -> Any:  # noqa: ARG001 - it starts what the session joins
    """A Spark session of the test's own."""
    from hongxian.facts.spark_session import session

    return session()
