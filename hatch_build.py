"""Compiles what must be fast where Cython and a compiler are there; else does nothing.

That is the kernel of the recognisers, the gate's way of a request, and the lane's of a statement.

The Python files of the kernel are the one source. They are put together here into one module
``compiled``: the chain of classes becomes one class, so that every call inside of it is direct, and
names of numbers become the numbers. Types stand beside the sources in ``compiled.pxd``: a field
that is a pointer there is set to the first element of what is assigned to it, which is kept; what
is called ``raw`` is a pointer already.
Whoever imports :mod:`hongxian.info.recognise.fast` gets the compiled class, or the plain one.

The layers of the gate (:mod:`hongxian.guards.gate.fast`) and those of the lane
(:mod:`hongxian.guards.keep.lane.fast`) are put together as they are; only the classes that their
``compiled.pxd`` declare become structures of C.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import runpy
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LAYERS = ("checks", "forms", "places", "texts", "verify", "labelling", "counting", "kernel")
PACKAGE = Path("src", "hongxian", "info", "recognise")
CUT_LAYERS = ("grammar", "words", "cutter", "tally", "gather")
CUTTER = Path("src", "hongxian", "sensors", "traffic", "columns", "cut")
DIRECTIVES = {
    "language_level": 3, "boundscheck": False, "wraparound": False, "initializedcheck": False,
    "nonecheck": False, "cdivision": True, "infer_types": True, "annotation_typing": False,
}  # fmt: skip


class CompiledKernel(BuildHookInterface):  # type: ignore[type-arg]
    """Builds ``compiled`` into the package, or leaves the package pure."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; ``version`` is ``standard`` for a wheel and ``editable`` for a link to it."""
        if self.target_name != "wheel" or os.environ.get("HONGXIAN_PURE"):
            return
        parts = (
            ("kernel", compile_kernel), ("cutter", compile_cutter), ("gate", compile_gate),
            ("lane", compile_lane),
        )  # fmt: skip
        for what, build in parts:
            try:
                built = build(Path(self.root))
            except (Exception, SystemExit) as problem:  # noqa: BLE001 - whatever is wrong with a compiler
                self.app.display_warning(f"the {what} stays plain Python: {problem}")
                continue
            if version != "editable":
                build_data["pure_python"] = False
                build_data["infer_tag"] = True
                inside = built.relative_to(Path(self.root) / "src").as_posix()
                build_data["force_include"][str(built)] = inside


def compile_kernel(root: Path) -> Path:
    """Compile the kernel into its package and return the file."""
    return compile_module(root / PACKAGE, put_together(root / PACKAGE))


def compile_cutter(root: Path) -> Path:
    """Compile the cutter of log lines into its package and return the file."""
    return compile_module(root / CUTTER, functions_together(root / CUTTER))


def compile_module(
    place: Path, text: str, directives: dict[str, Any] = DIRECTIVES, level: str = "-O3"
) -> Path:
    """Compile ``compiled`` out of a text and the ``compiled.pxd`` of a package into that.

    What was made of the very same before is left as it is: an installation with extras builds anew.
    """
    made = place / f"compiled{sysconfig.get_config_var('EXT_SUFFIX')}"
    parts = (text, (place / "compiled.pxd").read_text("utf-8"), directives, level, sys.version)
    stamp, origin = place / "compiled.stamp", hashlib.sha256(repr(parts).encode()).hexdigest()
    if made.exists() and stamp.exists() and stamp.read_text("ascii") == origin:
        return made
    from Cython.Build import cythonize  # noqa: PLC0415 - may be missing
    from setuptools import Distribution, Extension  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = work / "compiled.py"
        source.write_text(text, encoding="utf-8")
        shutil.copy(place / "compiled.pxd", work)
        flags = [] if sys.platform == "win32" else [level, "-g0", "-w"]
        extension = Extension("compiled", [str(source)], extra_compile_args=flags)
        modules = cythonize([extension], compiler_directives=directives, quiet=True)
        command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.build_lib = command.build_temp = str(work)
        command.ensure_finalized()
        command.run()
        (output,) = command.get_outputs()
        for old in place.glob("compiled.*"):
            if old.suffix in {".so", ".pyd"}:
                old.unlink()
        shutil.copy(output, made)
    stamp.write_text(origin, "ascii")
    return made


def put_together(place: Path) -> str:
    """Return the source of one module with one class out of the layers."""
    trees = [ast.parse((place / f"{layer}.py").read_text(encoding="utf-8")) for layer in LAYERS]
    numbers: dict[str, int] = {}
    body: list[ast.stmt] = []
    methods: list[ast.stmt] = []
    for node in [node for tree in trees for node in tree.body]:
        if isinstance(node, ast.ClassDef):
            methods += [
                _method(node.name, one) for one in node.body if isinstance(one, ast.FunctionDef)
            ]
        elif isinstance(node, ast.FunctionDef) or _is_array(node):
            body.append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            _note(node, numbers)
            body.append(node)
    body.append(ast.ClassDef("Kernel", [], [], methods, [], type_params=[]))
    kept = frozenset(re.findall(r"(\w+)_view\b", (place / "compiled.pxd").read_text("utf-8")))
    tree = _Inline(numbers, kept).visit(ast.Module(body, []))
    text = ast.unparse(ast.fix_missing_locations(tree))
    return f"import cython\n{text}\nSOURCE = '{digest(place)}'\n"


def functions_together(place: Path) -> str:
    """Return the source of one module out of the files of the cutter, as they are."""
    numbers: dict[str, int] = {}
    body: list[ast.stmt] = []
    for layer in CUT_LAYERS:
        for node in ast.parse((place / f"{layer}.py").read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                _note(node, numbers)
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Assign) or _is_array(node):
                body.append(node)
    tree = _Inline(numbers, frozenset()).visit(ast.Module(body, []))
    text = ast.unparse(ast.fix_missing_locations(tree))
    source = digest(place, CUT_LAYERS, "compiled.pxd")
    return f"import cython\n{text}\nSOURCE = '{source}'\n"


def digest(place: Path, layers: tuple[str, ...] = LAYERS, *more: str) -> str:
    """Return what tells the sources from any others; ``fast.py`` asks for the same."""
    files = [*(f"{layer}.py" for layer in layers), *more]
    return hashlib.sha256(b"".join((place / file).read_bytes() for file in files)).hexdigest()


def _is_array(node: ast.stmt) -> bool:
    """Return whether a statement is the one import that the layers need when they run."""
    return isinstance(node, ast.ImportFrom) and node.module == "array"


def _note(node: ast.Assign | ast.AnnAssign, numbers: dict[str, int]) -> None:
    """Note the names that stand for numbers."""
    scope: dict[str, Any] = dict(numbers)
    try:
        exec(ast.unparse(node), {"__builtins__": {}}, scope)  # noqa: S102 - our own source
    except (NameError, TypeError):
        return  # made by a call: no plain number
    numbers.update({name: value for name, value in scope.items() if isinstance(value, int)})


def _method(owner: str, method: ast.FunctionDef) -> ast.FunctionDef:
    """Give the initialisers of the layers below names of their own."""
    if method.name == "__init__" and owner != "Kernel":
        method.name = f"init_{owner}"
    return method


class _Inline(ast.NodeTransformer):
    """Puts numbers in the place of their names, takes annotations away, points into buffers."""

    def __init__(self, numbers: dict[str, int], kept: frozenset[str]) -> None:
        self.numbers = numbers
        self.kept = kept

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self.numbers:
            return ast.Constant(self.numbers[node.id])
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        match node.targets:
            case [ast.Attribute(ast.Name("self"), name)] if (
                name in self.kept and ast.unparse(node.value) != "raw"
            ):
                text = f"self.{name} = cython.address(self.{name}_view[0])"
                node.targets = [ast.Attribute(ast.Name("self"), f"{name}_view", ast.Store())]
                return [node, *ast.parse(text).body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        value = self.visit(node.value) if node.value else ast.Constant(None)
        return ast.Assign([node.target], value)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        node.returns = None
        return self.generic_visit(node)  # type: ignore[return-value]

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(ast.Name(owner), "__init__") if owner != "self":
                name = {"Verifier": "Places", "Texts": "Places"}.get(owner, owner)
                node.func = ast.Attribute(node.args.pop(0), f"init_{name}", ast.Load())
        return node


GATE = Path("src", "hongxian", "guards", "gate")
LANE = Path("src", "hongxian", "guards", "keep", "lane")
CAREFUL = {
    **DIRECTIVES, "boundscheck": True, "wraparound": True, "nonecheck": True,
    "cdivision": False, "infer_types": None, "binding": False,
}  # fmt: skip


def compile_gate(root: Path) -> Path:
    """Compile the layers of the gate into its package and return the file."""
    # calls into Python are most of it: -O3 takes twice as long to compile and gives nothing
    return compile_module(root / GATE, put_layers_together(root, GATE / "fast.py"), CAREFUL, "-O2")


def compile_lane(root: Path) -> Path:
    """Compile the layers of the lane into its package and return the file."""
    return compile_module(
        root / LANE, put_layers_together(root, LANE / "layers.py"), CAREFUL, "-O2"
    )


def put_layers_together(root: Path, named: Path) -> str:
    """Return the source of one module out of the layers that a file names.

    Raises:
        ValueError: two layers have the same name for different things.
    """
    told = runpy.run_path(str(root / named))
    package = root / "src" / "hongxian"
    types = (package / told["TYPES"]).read_text("utf-8")
    maker = _Structures(frozenset(re.findall(r"^cdef class (\w+)", types, re.MULTILINE)))
    calls = _Calls(maker.fields)
    own = frozenset(f"hongxian.{layer}" for layer in told["LAYERS"])
    numbers: dict[str, int] = {}
    body: list[ast.stmt] = []
    names: list[list[str]] = []
    for layer in told["LAYERS"]:
        tree = ast.parse((package / f"{layer.replace('.', '/')}.py").read_text("utf-8"))
        kept = [node for node in tree.body if not _is_left_out(node, own)]
        body += kept
        names.append([name for node in kept for name in _names(node)])
        for node in kept:
            if isinstance(node, ast.Assign):
                _note(node, numbers)
    every = [*("COMPILED_NAMES", "SOURCE"), *[name for some in names for name in some]]
    if twice := {name for name in every if every.count(name) > 1}:
        raise ValueError(f"names that stand in two layers: {', '.join(sorted(twice))}")
    numbers["COMPILED"] = True
    for node in [one for top in body for one in ast.walk(top)]:
        if isinstance(node, ast.FunctionDef) and node.name in told.get("UNCHECKED", ()):
            free = "cython.boundscheck(False)", "cython.wraparound(False)"
            node.decorator_list += [ast.parse(one, mode="eval").body for one in free]
    tree = _Numbers(numbers, frozenset()).visit(calls.visit(maker.visit(ast.Module(body, []))))
    text = ast.unparse(ast.fix_missing_locations(tree))
    known = f"COMPILED = True\nCOMPILED_NAMES = {names!r}\nSOURCE = {told['digest'](package)!r}\n"
    return f"from __future__ import annotations\nimport cython\n{text}\n{known}"


def _is_left_out(node: ast.stmt, own: frozenset[str]) -> bool:
    """Return whether a statement is of no use in the module that all layers are."""
    match node:
        case ast.ImportFrom(module):
            return module == "__future__" or module in own
        case ast.If(ast.Name("TYPE_CHECKING")) | ast.Expr():
            return True
    return False


def _names(node: ast.stmt) -> list[str]:
    """Return what a statement at the top of a layer defines."""
    match node:
        case ast.ClassDef(name) | ast.FunctionDef(name):
            return [name]
        case ast.Assign(targets):
            return [one.id for target in targets for one in ast.walk(target)
                    if isinstance(one, ast.Name)]  # fmt: skip
        case ast.AnnAssign(ast.Name(name)):
            return [name]
    return []


class _Numbers(_Inline):
    """Puts numbers in the place of their names; fields of dataclasses keep their types."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node


class _Structures(ast.NodeTransformer):
    """Makes classes fit for being structures: no bases of Python, slots, or generated methods."""

    def __init__(self, named: frozenset[str]) -> None:
        self.named = named
        self.fields: dict[str, list[str]] = {}
        """Structure -> what its initialiser takes, where a dataclass would want names."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        if node.name not in self.named:
            return node
        bases = [one for one in node.bases if isinstance(one, ast.Name) and one.id in self.named]
        node.bases = list[ast.expr](bases)
        fields = [one for one in node.body if isinstance(_class_value(one), ast.AnnAssign)]
        kept = [one for one in map(_class_value, node.body) if not _is_field(one)]
        if any("dataclass" in ast.unparse(one) for one in node.decorator_list):
            if any("kw_only=True" in ast.unparse(one) for one in node.decorator_list):
                self.fields[node.name] = [ast.unparse(one.target) for one in fields]
            kept.append(_initialiser(fields))
        for one in kept:
            if isinstance(one, ast.FunctionDef):
                named = [ast.unparse(mark) for mark in one.decorator_list]
                marks = zip(named, one.decorator_list, strict=True)
                one.decorator_list = [mark for name, mark in marks if name != "abstractmethod"]
        node.body, node.decorator_list = kept, []
        return node


def _class_value(node: ast.stmt) -> ast.stmt:
    """Return a value of a class as one without a type."""
    if isinstance(node, ast.AnnAssign) and "ClassVar" in ast.unparse(node.annotation):
        return ast.parse(f"{ast.unparse(node.target)} = {ast.unparse(node.value or node)}").body[0]
    return node


def _is_field(node: ast.stmt) -> bool:
    """Return whether a statement declares a field, or the slots."""
    slots = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__slots__"
    return slots or isinstance(node, ast.AnnAssign | ast.Expr)


class _Calls(ast.NodeTransformer):
    """Makes structures by places instead of names, where all before the last one are given."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(ast.Name(name), [], keywords) if name in self.fields:
                told = {one.arg: one.value for one in keywords}
                first = self.fields[name][: len(told)]
                if set(told) == set(first):
                    node.args, node.keywords = [told[one] for one in first], []
        return node


def _initialiser(fields: list[ast.AnnAssign]) -> ast.stmt:
    """Return the method that a dataclass would have."""
    told, lines = [], []
    for one in fields:
        name, default = ast.unparse(one.target), one.value and ast.unparse(one.value)
        made = re.search(r"default_factory=(.+)\)$", default or "")
        if made:
            lines.append(f"self.{name} = ({made[1]})() if {name} is None else {name}")
            told.append(f"{name}=None")
        elif default and not default.startswith("field("):
            lines.append(f"self.{name} = {name}")
            told.append(f"{name}={default}")
        else:
            lines.append(f"self.{name} = {name}")
            told.append(name)
    text = f"def __init__(self, {', '.join(told)}):\n " + "\n ".join(lines)
    return ast.parse(text).body[0]
