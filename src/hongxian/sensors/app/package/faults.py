"""What is wrong with a package: an error ends the reading, a problem does not."""

from __future__ import annotations

from dataclasses import dataclass, field

from hongxian.errors import ArtefactError
from hongxian.facts import Reason


class PackageError(ArtefactError):
    """A package, or a part of it, that cannot be read.

    Args:
        where: the file, member or offset.
        word: name of the text in ``words/package.toml``.
        values: what fills its placeholders.
    """

    def __init__(self, where: str, word: str, **values: object) -> None:
        """Keep the word, so that the line can be said in either language."""
        super().__init__(where, Reason(f"package.{word}", values).say("en"))
        self.word = word
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a package that was not read, or not as it stands; becomes partial coverage."""

    scope: str
    """The coverage scope that suffers: ``app.manifest``, ``app.code`` ..."""
    where: str
    """Member of the package, or the package itself."""
    word: str
    """Name of the text in ``words/package.toml``."""
    values: dict[str, object] = field(default_factory=dict, hash=False)
    harmless: bool = False
    """Noted, yet everything was read."""

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return self.say("en")

    def say(self, lang: str) -> str:
        """Return what is wrong, in a language."""
        return Reason(f"package.{self.word}", self.values).say(lang)

    @property
    def reason(self) -> Reason:
        """What is wrong and where, as coverage keeps it."""
        return Reason(f"package.{self.word}", self.values, self.where)


def problem_of(error: PackageError, where: str | None = None) -> Problem:
    """Return an error as a problem, told of ``where`` (or of the error's own place)."""
    place = where or error.where
    return Problem(scope_of(place), place, error.word, dict(error.values))


def reason_of(error: ArtefactError) -> Reason:
    """Return why something could not be read: in our words, where the error has any."""
    if isinstance(error, PackageError):
        return Reason(f"package.{error.word}", dict(error.values), error.where)
    return Reason("reason.damaged", {"what": error.what}, error.where)


def scope_of(member: str) -> str:
    """Return the coverage scope that a member of a package belongs to."""
    name = member.rsplit("!/", 1)[-1]
    if name.endswith((".dex", ".jar")):
        return "app.code"
    if name.startswith("lib/") or name.endswith(".so"):
        return "app.native"
    if name == "resources.arsc" or name.startswith(("res/", "r/", "assets/")):
        return "app.resources"
    return "app.manifest"
