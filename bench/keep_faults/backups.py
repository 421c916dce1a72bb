"""The operator's own credentials against the vault: forget, prune, delete, overwrite, poison."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from typing import TYPE_CHECKING

from . import users

if TYPE_CHECKING:
    from pathlib import Path

    from .world import World


def faults(world: World) -> None:
    """Keep files by restic, then do all that its owner can do to them."""
    vault = world.vault
    source = world.place / "operator" / "data"
    source.mkdir()
    (source / "orders").write_bytes(os.urandom(3_000_000))
    for one in (source, source / "orders"):
        shutil.chown(one, users.name("operator"))
    for words in (("init",), ("backup", str(source))):
        done = vault.restic(*words)
        if done.code:
            raise RuntimeError(done.text)
    first = json.loads(vault.restic("snapshots", "--json", "--quiet").text)[0]["id"]
    forgotten(world, first)
    requests(world)
    poisoned(world, source)
    afterwards(world, source)


def forgotten(world: World, first: str) -> None:
    """Let restic forget, prune, and take its key away."""
    vault, since = world.vault, world.vault.log.size()
    word = world.place / "operator" / "word"
    word.write_text("another")
    shutil.chown(word, users.name("operator"))
    vault.restic("key", "add", "--new-password-file", str(word))
    known = json.loads(vault.restic("key", "list", "--json").text)
    key = next(one["id"] for one in known if not one["current"])
    for words in (
        ("forget", first),
        ("prune",),
        ("forget", "--prune", first),
        ("forget", "--keep-last", "1", "--prune"),
        ("key", "remove", key),
    ):
        vault.restic("backup", "--tag", "more", str(world.place / "operator/data"))
        done = vault.restic(*words)
        vault.restic("unlock", "--remove-all")
        kept = [one["id"] for one in json.loads(vault.restic("snapshots", "--json").text)]
        told = next(
            (one for one in done.text.splitlines() if "403" in one or "not remove" in one),
            (done.text.splitlines() or ["nothing to do"])[-1],
        )
        world.refused(
            " ".join(["restic", words[0], *(one for one in words[1:] if one[0] == "-")]),
            "refused, the snapshot stands",
            told.strip()[:90],
            vault.log.shown(since, ("alarm",), "delet"),
            held=first in kept
            and len(json.loads(vault.restic("key", "list", "--json").text)) == len(known),
        )


def requests(world: World) -> None:
    """Ask for deletion and overwriting of every object, and try as the operator's account."""
    vault = world.vault
    root = vault.folder / "objects" / "restic"
    objects = [one for one in (root / "shop").rglob("*") if one.is_file()]
    sums = {one: hashlib.sha256(one.read_bytes()).hexdigest() for one in objects}
    names = [one.relative_to(root).as_posix() for one in objects]
    paths = ["/" + re.sub(r"/data/../", "/data/", name) for name in names]
    for method, body, part in (("DELETE", None, "delet"), ("POST", b"overwritten", "")):
        answers = set(vault.asked([(method, path, body) for path in paths]))
        same = all(hashlib.sha256(one.read_bytes()).hexdigest() == sums[one] for one in objects)
        record = vault.log.shown(0, ("alarm",), part)
        world.refused(
            f"raw {method} of {len(paths)} objects",
            "403 each",
            f"answers {sorted(answers)}, all objects as they were",
            record,
            held=same and answers == {403},
        )
    done = world.runner.run(
        "vault", "operator", "sh", "-c", f"rm -rf {vault.folder}; echo x > {objects[0]}"
    )
    world.refused(
        "rm and overwrite by the operator's uid on the vault's host",
        "refused by the system",
        done.text.splitlines()[-1][-40:],
        "errno EACCES",
        held=all(one.exists() for one in objects),
    )


def poisoned(world: World, source: Path) -> None:
    """Snapshots dated into past and future, and a flood, so that true ones would be taken out."""
    vault, since = world.vault, world.vault.log.size()
    before = len(json.loads(vault.restic("snapshots", "--json").text))
    for day in ("2035-01-01", "2001-01-01"):
        done = vault.restic("backup", "--time", f"{day} 00:00:00", str(source))
        vault.restic("unlock", "--remove-all")
        word = "future" if day > "2030" else "past"
        world.refused(
            f"retention poisoning: a snapshot dated {day}",
            "refused with 403",
            next((one for one in done.text.splitlines() if "403" in one), "")[-60:],
            vault.log.shown(since, ("alarm",), f"refused_{word}"),
            held="403" in done.text,
        )
    bodies = [f"flood {one}".encode() for one in range(500)]
    flood = [("POST", f"/shop/data/{hashlib.sha256(one).hexdigest()}", one) for one in bodies]
    answers = vault.asked(flood)
    after = len(json.loads(vault.restic("snapshots", "--json", "--no-lock").text))
    world.refused(
        "retention poisoning: a flood of 500 objects",
        "429 beyond the quota",
        f"{answers.count(200)} taken, {answers.count(429)} refused with 429",
        vault.log.shown(since, ("alarm",), "refused_flood"),
        held=answers.count(429) > 50 and after == before,
    )


def afterwards(world: World, source: Path) -> None:
    """Read everything back."""
    vault = world.vault
    back = world.place / "operator" / "back"
    whole = vault.restic("check", "--read-data", "--no-lock")
    done = vault.restic("restore", "latest", "--no-lock", "--target", str(back))
    found = back / source.relative_to("/") / "orders"
    same = found.exists() and found.read_bytes() == (source / "orders").read_bytes()
    checked = vault.check()
    world.healed(
        "the data after all of that",
        "restored bytes are equal",
        f"restic check {'passes' if not whole.code else 'fails'}, restored bytes "
        f"{'equal' if same else 'differ'}; {checked.text.splitlines()[-1][:70]}",
        vault.log.shown(0, ("copies", "alarm")),
        held=same and not whole.code and not done.code and not checked.code,
    )
