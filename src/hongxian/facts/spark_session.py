"""Starts Spark, or takes the session that ``spark-submit`` has begun.

What a cluster says about itself (master, memory, partitions) is left as it is. On one machine
Spark binds to the loopback alone, shows no console and keeps quiet.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

SESSION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning": "false",
}
"""What the tables' meaning needs: times without a zone, and facts that stay where they were
placed, so that a rule joins the facts of a subject where they lie."""

LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""On one machine: nothing listens beyond it. The facts lie in two parts for each processor; Spark's
own 200 would cost minutes for a handful of apps."""

_SUBMITTED = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS")


def submitted() -> bool:
    """Whether ``spark-submit``, or whoever prepared this process, has said how Spark runs."""
    return any(os.environ.get(name) for name in _SUBMITTED)


def session() -> SparkSession:
    """Return a session of its own: its views are seen by nobody else.

    Raises:
        HongxianError: PySpark or Java is missing, or Spark does not start.
    """
    if find_spec("pyspark") is None:
        raise WordedError("no_pyspark")
    if not submitted() and not _java():
        raise WordedError("no_java")
    # PySpark looks whether pandas is there, which is not used here, and warns of it each time
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    spark: SparkSession = _started().newSession()
    for name, value in SESSION.items():
        spark.conf.set(name, value)
    return spark


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which(f"{home}/bin/java") if home else shutil.which("java")


def _started() -> Any:
    from pyspark.errors import PySparkException  # noqa: PLC0415 - heavy, and an extra
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    builder = SparkSession.builder.appName("hongxian")
    if not submitted():
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else whatever python3 is
        places = {"spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1))}
        builder = builder.master("local[*]").config(map={**LOCAL, **places, **_quiet()})
    try:
        return builder.getOrCreate()
    except PySparkException as error:
        raise WordedError("no_spark", reason=first_line(error)) from None


def _quiet() -> dict[str, str]:
    """Send what Java logs below an error nowhere; a run's stderr is for the user."""
    own = files("hongxian.facts") / "spark_log.properties"
    return {"spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{own}"}


@contextmanager
def plainly(place: str | None = None) -> Iterator[None]:
    """Turn what Spark complains of into one line.

    Args:
        place: a table that is to be there; an empty folder is passed on as Spark's own error.
    """
    from py4j.protocol import Py4JJavaError  # noqa: PLC0415 - comes with PySpark
    from pyspark.errors import PySparkException  # noqa: PLC0415 - heavy, and an extra

    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        if place is None:
            raise WordedError("spark_failed", code=Exit.SENSOR, reason=first_line(error)) from None
        if "[UNABLE_TO_INFER_SCHEMA]" in str(error):
            raise
        raise WordedError("no_facts", place, Exit.SENSOR, reason=first_line(error)) from None


def first_line(error: Exception) -> str:
    """Return what Spark complains of, without the trace that it adds.

    Of an error in our own code on an executor only the kind is told: its text could hold a PI
    value.
    """
    java = getattr(error, "java_exception", None)
    lines = str(java.getMessage() if java is not None else error).strip().splitlines()
    if lines and "Python worker" in lines[0]:
        last = next((line for line in reversed(lines) if line[:1].isalpha()), "")
        return last if last.startswith("hongxian.") else last.partition(":")[0]
    return lines[0][:300] if lines else type(error).__name__
