"""The readers that are fuzzed, each with its small seeds. A new reader is a line in ``READERS``."""

from __future__ import annotations

import signal
import zipfile
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.mutate import inputs, mutated
from tests.fuzz.mutate_dex import mutated_dex
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.dex.maker import dex as made_dex
from tests.sensors.app.graph import made
from tests.sensors.app.package import apks
from tests.sensors.app.package.makers import (
    E,
    M,
    arsc,
    axml,
    chunk,
    manifest,
    signer,
    signing_block,
    zipped,
)

from hongxian.errors import ArtefactError
from hongxian.laws.permissions import load_android
from hongxian.sensors.app.analysis import analyse
from hongxian.sensors.app.attribution import Attribution
from hongxian.sensors.app.bridge_facts import bridge_facts
from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.code_facts import reading_facts, request_facts, risk_facts
from hongxian.sensors.app.content_facts import address_facts, embed_facts, permission_uses
from hongxian.sensors.app.dex.constants import body_of, constant_arguments
from hongxian.sensors.app.dex.program import read_program, texts
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.pace_facts import pace_facts
from hongxian.sensors.app.package import FORMATS, Limits, open_package
from hongxian.sensors.app.package.arsc import Table
from hongxian.sensors.app.package.axml import parse
from hongxian.sensors.app.package.container import Archive
from hongxian.sensors.app.package.formats import Source
from hongxian.sensors.app.package.manifest import Reader
from hongxian.sensors.app.package.network_security import read_network_security
from hongxian.sensors.app.package.resources import Resources
from hongxian.sensors.app.package.signing import read_signatures
from hongxian.sensors.app.package.values import Values
from hongxian.sensors.app.refusal_facts import refusal_facts
from hongxian.sensors.app.scene import Scene
from hongxian.sensors.app.start_facts import start_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from hongxian.sensors.app.package.model import Manifest

HANG = 30.0
"""CPU seconds after which a reader counts as hung: a busy machine hangs nobody, nor does the
measuring of coverage, which makes loops several times slower."""
_SAMPLES = Path(__file__).parents[2] / "samples"
_CALLS = 20
_BODIES = 20


@dataclass(frozen=True)
class Fuzzed:
    """A reader and what to start from."""

    read: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    change: Callable[[Sequence[bytes], int], bytes] = mutated
    """Makes an input by its number."""


@dataclass
class Count:
    """What came out of one reader."""

    inputs: int = 0
    refused: int = 0
    """With the one line of an :class:`ArtefactError`; the others were read."""


class HungError(Exception):
    """A reader took longer than :data:`HANG`."""


def run(name: str, count: int, start: int = 0) -> Count:
    """Give a reader mutated inputs; whatever but an ``ArtefactError`` comes out, goes up.

    Args:
        name: key of :data:`READERS`.
        count: how many inputs.
        start: number of the first.
    """
    fuzzed = READERS[name]
    done = Count()
    before = signal.signal(signal.SIGPROF, _hung)
    try:
        for number, data in inputs(fuzzed.seeds(), count, start, fuzzed.change):
            signal.setitimer(signal.ITIMER_PROF, HANG)
            try:
                fuzzed.read(data)
            except ArtefactError as error:
                done.refused += 1
                if "\n" in str(error):
                    raise AssertionError(f"{name} input {number}: more than one line") from error
            except Exception as error:
                error.add_note(f"{name} input {number}")
                raise
            done.inputs += 1
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return done


def _hung(_number: int, _frame: FrameType | None) -> None:
    raise HungError(f"longer than {HANG} s")


def _limits() -> Limits:
    return Limits(members=1000, member=4 << 20, total=16 << 20)


def _container(data: bytes) -> None:
    archive = Archive(data, "x.apk", limits=_limits())
    for name in archive.members:
        archive.get(name)


def _axml(data: bytes) -> None:
    root = parse(data, "AndroidManifest.xml").root
    resources = Resources([])
    Reader(root, resources).read()
    read_network_security(root, Values(resources))


def _arsc(data: bytes) -> None:
    resources = Resources([("resources.arsc", Table(data, "resources.arsc"))])
    for string in resources.strings():
        identifier = int(string.locator.rpartition("#")[2], 16)
        resources.name(identifier)
        resources.text(identifier)


def _signatures(data: bytes) -> None:
    read_signatures(Archive(data, "x.apk", limits=_limits()))


def _package(data: bytes) -> None:
    archive = Archive(data, "x.apk", limits=_limits())
    source = Source(Path("x.apk"), data, "0" * 64, archive)
    found = next((f for f in FORMATS if f.detect(source)), None)
    if found is not None:
        package = found.open(source)
        list(package.dex())
        list(package.policies)
        [problem.what for problem in package.problems]


def _dex(data: bytes) -> None:
    program = read_program([("classes.dex", data)])
    for dex in program.dexes:
        texts(dex, dex.types)
    calls = (row for row, opcode in enumerate(program.row_opcode) if 0x6E <= opcode <= 0x78)
    for row in islice(calls, _CALLS):
        constant_arguments(program, row)
        program.locate(row)
    for number in range(min(_BODIES, len(program.body_method))):
        body_of(program, number, tries=True).running()


def _container_seeds() -> list[bytes]:
    members = (M("AndroidManifest.xml", b"x" * 99), M("a", b"stored", method=0), M("b", b"yz" * 40))
    return [
        zipped(*members),
        zipped(*members, zip64=True),
        zipped(M("c", b"false", flags=1), M("d", b"method", method=99)),
        zipped(*members)[:-60],
    ]


def _axml_seeds() -> list[bytes]:
    return [
        apks.manifest_of(),
        apks.RULES,
        axml(
            manifest(E("provider", {"android:authorities": "a", "android:initOrder": 1})), utf8=True
        ),
        axml(E("manifest", {"package": "a"}), stride=24, junk=chunk(0x7777, b"1234")),
    ]


def _arsc_seeds() -> list[bytes]:
    types = {"string": {"a": {"": "x", "zh": "y"}, "b": {"": "z"}}, "array": {"c": {"": ["1"]}}}
    return [arsc(types, mode=m, utf8=m != "sparse") for m in ("plain", "sparse", "offset16")] + [
        arsc({"string": types["string"]}, mode="compact", links={0: "https://a.com"})
    ]


def _signature_seeds() -> list[bytes]:
    # certificates made anew would make other inputs each time
    stored = zipfile.ZipFile(_SAMPLES / "lantern.apk")
    jar = next(stored.read(name) for name in stored.namelist() if name.endswith(".RSA"))
    start = jar.index(b"\x30\x82", 40)
    der = jar[start : start + 4 + int.from_bytes(jar[start + 2 : start + 4], "big")]
    value = signer(der)
    return [
        zipped(M("META-INF/A.RSA", jar, method=0)),
        zipped(block=signing_block({0x7109871A: value, 0x42726577: b"\0" * 9})),
        zipped(block=signing_block({0xF05368C0: value, 0x1B93AD61: value})),
    ]


def _package_seeds() -> list[bytes]:
    stored = [M(m.name, m.content, method=0) for m in apks.members()]
    plain = zipped(*stored)
    return [
        plain,
        zipped(*apks.members()),
        zipped(M("base.apk", plain, method=0), M("manifest.json", b"{}", method=0)),
    ]


def _dex_seeds() -> list[bytes]:
    with zipfile.ZipFile(_SAMPLES / "lantern_legacy.apk") as package:
        return [package.read("classes.dex")]


def _sample_dex(name: str) -> bytes:
    with zipfile.ZipFile(_SAMPLES / f"{name}.apk") as package:
        return package.read("classes.dex")


def _graph_seeds() -> list[bytes]:
    return [_sample_dex("lantern_clean"), _sample_dex("lantern"), _callbacks_dex()]


@cache
def _callbacks_dex() -> bytes:
    """Return a DEX of lambdas, tasks in fields and lists, and a coroutine."""
    function, task = "Lkotlin/jvm/functions/Function0;", "Ljava/lang/Runnable;"
    kept, add = f"Lx/Keep;->kept:{task}", "Ljava/util/ArrayList;->add(Ljava/lang/Object;)Z"
    post = f"Landroid/os/Handler;->post({task})Z"
    launch = "Lkotlinx/coroutines/BuildersKt;->launch(Lkotlin/jvm/functions/Function2;)V"
    code = [
        *made.new("Lx/L;"), ("static", f"Lx/Keep;->with({function})V", 0),
        *made.new("Lx/Task;"), ("static", f"Lx/Keep;->put({task})V", 0), ("virtual", add, 1, 0),
        *made.new("Lx/Body;"), ("static", launch, 0), ("static", f"Lx/Keep;->get(){task}"),
        ("result", 1), ("cast", task, 1), ("virtual", post, 2, 1), *made.new("Lx/Main$1;"),
    ]  # fmt: skip
    keep = {
        f"with({function})V": [("interface", made.INVOKE, 3)],
        f"put({task})V": [("sput", kept, 3)],
        f"get(){task}": [("sget", kept, 0), ("return", 0)],
    }
    body = {"<init>()V": [], "invokeSuspend(Ljava/lang/Object;)Ljava/lang/Object;": code[:3]}
    order = {"<init>()V": [], "compare(Ljava/lang/Object;Ljava/lang/Object;)I": code[:2]}
    suspend = "Lkotlin/coroutines/jvm/internal/BaseContinuationImpl;"
    return made_dex(
        Class("Lcn/hongxian/lantern/MainActivity;", {"onCreate()V": code}),
        Class("Lx/Keep;", keep, static=("with", "put", "get")),
        made.function("Lx/L;"), made.function("Lx/Task;", task, "run()V"),
        Class("Lx/Body;", body, suspend, ("Lkotlin/jvm/functions/Function2;",)),
        Class("Lx/Main$1;", order, interfaces=("Ljava/util/Comparator;",)),
    )  # fmt: skip


@cache
def _beside() -> tuple[Manifest, Attribution]:
    """Return what stands beside the DEX: the sample's manifest, and whose its classes are."""
    with open_package(_SAMPLES / "lantern_clean.apk") as package:
        program = read_program(package.dex())
        return package.manifest, Attribution.of(package, program.class_names)


def _analysis(data: bytes) -> object:
    """Read a DEX all the way to facts."""
    manifest, whose = _beside()
    catalogue = load_catalogue(manifest.target_sdk)
    code = analyse([("classes.dex", data)], manifest, catalogue, catalogue.gate_words())
    about = About("app:a@1#0", "0" * 64)
    scene = Scene(about, code, whose, manifest)
    return [
        *reading_facts(about, code, whose, manifest.permission_names),
        *request_facts(about, code, whose, load_android(), scene.telling),
        *risk_facts(about, code, whose),
        *address_facts(about, (), code),
        *refusal_facts(scene, load_android()),
        *pace_facts(scene),
        *bridge_facts(scene),
    ]


def _facts(data: bytes) -> object:
    """As :func:`_analysis`, with the facts that the package has a part in."""
    with open_package(_SAMPLES / "lantern_clean.apk") as package:
        catalogue = load_catalogue(package.manifest.target_sdk)
        code = analyse([("classes.dex", data)], package.manifest, catalogue, catalogue.gate_words())
        whose = Attribution.of(package, code.program.class_names)
        about = About("app:a@1#0", "0" * 64)
        return [
            *embed_facts(about, package, code, whose),
            *permission_uses(about, package, code, whose),
            *start_facts(Scene(about, code, whose, package.manifest), package),
        ]


READERS: dict[str, Fuzzed] = {
    "analysis": Fuzzed(_analysis, lambda: [_sample_dex("lantern_clean")]),
    "facts": Fuzzed(_facts, lambda: [_sample_dex("lantern_clean")]),
    "graph": Fuzzed(_analysis, _graph_seeds, mutated_dex),
    "container": Fuzzed(_container, _container_seeds),
    "axml": Fuzzed(_axml, _axml_seeds),
    "arsc": Fuzzed(_arsc, _arsc_seeds),
    "signatures": Fuzzed(_signatures, _signature_seeds),
    "package": Fuzzed(_package, _package_seeds),
    "dex": Fuzzed(_dex, _dex_seeds),
}
"""Every reader of the app sensor."""
