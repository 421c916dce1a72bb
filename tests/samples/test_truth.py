"""The truth table is complete, and what it names stands in the sources and in the packages."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hongxian.info import load_types
from hongxian.laws.sdks import load_sdks
from hongxian.sensors.app.dex.opcodes import FIELD_REF, METHOD_REF, STRING_REF
from hongxian.sensors.app.dex.program import read_program
from hongxian.sensors.app.package import open_package

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.program import Program
    from hongxian.sensors.app.package.model import Manifest

SAMPLES = Path(__file__).parents[2] / "samples"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((SAMPLES / "TRUTH.toml").read_text("utf-8"))
SIZES = (4, 4, 9, 6, 3, 5)
NUMBERS = [f"{g}.{i}" for g, size in enumerate(SIZES, 1) for i in range(1, size + 1)]
VERDICTS = {"violated", "suspected", "unclear", "satisfied", "not_applicable"}
PHASES = {"before_prompt", "late", "gated", "dead"}
READS = [(app, read) for app, truth in TRUTH.items() for read in truth["reads"]]


@cache
def program(app: str) -> Program:
    with open_package(SAMPLES / TRUTH[app]["apk"]) as package:
        return read_program(package.dex())


@cache
def manifest(app: str) -> Manifest:
    with open_package(SAMPLES / TRUTH[app]["apk"]) as package:
        return package.manifest


@cache
def bodies(app: str) -> dict[str, list[int]]:
    """Method -> its bodies in the package."""
    found: dict[str, list[int]] = {}
    code = program(app)
    for method, body in enumerate(code.method_body.tolist()):
        if body >= 0:
            found.setdefault(code.method_name(method), []).append(body)
    return found


@cache
def references(app: str) -> frozenset[str]:
    """Everything that the package's code names: methods, fields, constant strings."""
    code, found = program(app), set()
    for opcode, target in zip(code.row_opcode.tolist(), code.row_target.tolist(), strict=True):
        if target < 0:
            continue
        if METHOD_REF[opcode]:
            found.add(code.method_name(target))
        elif STRING_REF[opcode]:
            found.add(code.string(target))
        elif FIELD_REF[opcode]:
            found.add(code.field_name(target))
    return frozenset(found)


def source(app: str, method: str) -> str:
    """The text of the file in which a method stands, wherever it lies."""
    path = method.rsplit(".", 1)[0].split("$", maxsplit=1)[0].replace(".", "/") + ".java"
    places = [SAMPLES / app / "src" / path, SAMPLES / "sdks" / "src" / path]
    return next(place.read_text("utf-8") for place in places if place.is_file())


@pytest.mark.parametrize("app", ["lantern", "lantern_clean"])
def test_every_behaviour_has_its_line(app: str) -> None:
    assert list(TRUTH[app]["rules"]) == NUMBERS


@pytest.mark.parametrize("app", TRUTH)
def test_lines_are_well_formed(app: str) -> None:
    for number, line in TRUTH[app]["rules"].items():
        assert set(line) == {"planted", "apk", "what"}, number
        assert line["apk"], number
        assert set(line["apk"]) <= VERDICTS, number
        assert line["what"], number


def test_lantern_commits_at_least_fifteen_and_keeps_the_others() -> None:
    planted = [line for line in TRUTH["lantern"]["rules"].values() if line["planted"]]
    kept = [line for line in TRUTH["lantern"]["rules"].values() if not line["planted"]]
    assert len(planted) >= 15
    assert not any({"violated", "suspected"} & set(line["apk"]) for line in kept)


def test_the_twin_commits_none() -> None:
    for number, line in TRUTH["lantern_clean"]["rules"].items():
        assert not line["planted"], number
        assert not {"violated", "suspected"} & set(line["apk"]), number


@pytest.mark.parametrize(("app", "read"), READS)
def test_reads_use_known_words(app: str, read: dict[str, Any]) -> None:
    assert read["info"] in load_types(), app
    assert read["actor"] in {"first_party", "unknown", *load_sdks()}
    assert read["phase"] in PHASES
    assert ("gate" in read) == (read["phase"] == "gated")


@pytest.mark.parametrize(("app", "read"), READS)
def test_paths_stand_in_source_and_package(app: str, read: dict[str, Any]) -> None:
    for method in read["path"]:
        name = method.rsplit(".", 1)[1]
        word = r"static \{" if name == "<clinit>" else rf"\b{name}\("
        assert re.search(word, source(app, method)), method
        assert method in bodies(app), method


@pytest.mark.parametrize(("app", "read"), READS)
def test_reads_stand_in_the_package(app: str, read: dict[str, Any]) -> None:
    assert read["api"] in references(app)


@pytest.mark.parametrize(("app", "read"), READS)
def test_actors_are_those_of_the_last_method(app: str, read: dict[str, Any]) -> None:
    last = read["path"][-1]
    if read["actor"] == "first_party":
        assert last.startswith(manifest(app).package + "."), app
    elif read["actor"] != "unknown":
        prefixes = load_sdks()[read["actor"]].prefixes
        assert any(last.startswith(prefix + ".") for prefix in prefixes)


@pytest.mark.parametrize("app", TRUTH)
def test_quiet_methods_stand_in_the_package(app: str) -> None:
    for quiet in TRUTH[app].get("quiet", ()):
        assert quiet["method"] in bodies(app)


@pytest.mark.parametrize("app", TRUTH)
def test_manifest_is_as_told(app: str) -> None:
    truth, found = TRUTH[app], manifest(app)
    assert (found.package, found.version_name) == (truth["package"], truth["version"])
    assert found.target_sdk == truth["target_sdk"]
    assert found.launchers == (truth["launcher"],)
    unused = {*truth["declared_unused"], *truth["unused_open"]}
    assert unused <= found.permission_names
    assert not set(truth["used_undeclared"]) & found.permission_names
    assert found.allow_backup == truth["backup"]


@pytest.mark.parametrize("app", TRUTH)
def test_addresses_are_as_told(app: str) -> None:
    clear = {word for word in references(app) if word.startswith("http://")}
    assert clear == set(TRUTH[app]["cleartext"])


@pytest.mark.parametrize("app", TRUTH)
def test_sdks_are_as_told(app: str) -> None:
    names = {program(app).method_name(m) for m in range(program(app).method_body.size)}
    found = {
        key
        for key, sdk in load_sdks().items()
        if any(name.startswith(prefix + ".") for prefix in sdk.prefixes for name in names)
    }
    truth = TRUTH[app]
    assert found == set(truth["embeds"]) - set(truth["native_only"])


@pytest.mark.parametrize("app", [app for app in TRUTH if "policy" in TRUTH[app]])
def test_policies_are_found_in_the_package(app: str) -> None:
    with open_package(SAMPLES / TRUTH[app]["apk"]) as package:
        assert any(TRUTH[app]["policy"] in part.locator for part in package.policies)


@pytest.mark.parametrize("app", TRUTH)
def test_packages_are_small_whole_and_signed(app: str) -> None:
    path = SAMPLES / TRUTH[app]["apk"]
    assert path.stat().st_size < 1_000_000
    with open_package(path) as package:
        assert package.problems == []
        assert [signer.schemes for signer in package.signers] == [("v1", "v2", "v3")]
        assert "TEST KEY" in package.signers[0].subject
