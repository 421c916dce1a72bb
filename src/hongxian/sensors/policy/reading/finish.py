"""Makes a document of what a builder collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading.headings import promote
from hongxian.sensors.policy.reading.language import count_han, count_words, language_of
from hongxian.sensors.policy.source_map import SourceMap

if TYPE_CHECKING:
    from hongxian.sensors.policy.reading.builder import Builder
    from hongxian.sensors.policy.reading.html_survey import Survey

FEWEST_HAN = 200
"""A policy in Chinese has more Han characters than this."""
FEWEST_WORDS = 100
"""A policy in English has more words than this."""


def finish(
    builder: Builder, form: str, charset: str, digest: str, found: Survey | None = None
) -> Document:
    """Return the document.

    Args:
        builder: the text and its blocks.
        form: one of :data:`hongxian.sensors.policy.document.FORMATS`.
        charset: the charset the file was read in.
        digest: SHA-256 of the file.
        found: what a HTML page is made of.
    """
    text = builder.text
    han = count_han(text)
    blocks = promote(text, builder.blocks)
    images = builder.images + (found.images if found else 0)
    title = builder.title or next(
        (text[b.start : b.end][:200] for b in blocks if b.kind == "heading"), None
    )
    return Document(
        name=builder.name,
        text=text,
        blocks=blocks,
        format=form,
        charset=charset,
        language=language_of(text),
        title=title,
        source=SourceMap(tuple(builder.pieces)),
        links=builder.links,
        marks=builder.marks,
        images=images,
        shell=_shell(han, count_words(text), images, found),
        pages=tuple(builder.pages),
        sha256=digest,
        problems=tuple(builder.problems),
        han=han,
    )


def _shell(han: int, words: int, images: int, found: Survey | None) -> str | None:
    """Say why a text is none: too few characters, and what stands there instead."""
    if han >= FEWEST_HAN or words >= FEWEST_WORDS:
        return None
    if found and found.scripts and (found.mounts or not images):
        return "script"
    return "image" if images else "short"
