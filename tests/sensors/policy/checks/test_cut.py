"""A policy is cut to sentences and rows of tables."""

from __future__ import annotations

from dataclasses import replace

from tests.sensors.policy.checks.asked import table
from tests.sensors.policy.texts import document

from hongxian.sensors.policy.checks.cut import cut
from hongxian.sensors.policy.document import Block
from hongxian.sensors.policy.lexicon.normal import squeeze


def test_sentences_with_what_they_stand_under() -> None:
    read = document("# 权利\n您可以：\n- 删除；\n- 更正。")
    pieces = cut(read, squeeze(read.text))
    assert [(one["text"], one["above"]) for one in pieces if not one["title"]][1:] == [
        ("-删除；", ("#权利", "您可以：")), ("-更正。", ("#权利", "您可以："))
    ]  # fmt: skip


def test_rows_of_tables() -> None:
    read = table("名称|目的", "相机|拍照", before="权限：")
    pieces = cut(read, squeeze(read.text))
    assert [(one["text"], one["row"]) for one in pieces] == [
        ("权限：", False), ("名称\n目的", True), ("相机\n拍照", True)
    ]  # fmt: skip


def test_a_cell_over_several_rows_is_read_once() -> None:
    read = table("甲|乙", "丙|丁")
    cells = (*read.blocks[:3], Block("cell", 0, 1, table=0, row=1, column=1), read.blocks[3])
    read = replace(read, blocks=cells)
    assert [one["text"] for one in cut(read, squeeze(read.text))] == ["甲\n乙", "丙\n丁"]


def test_a_numbered_line_that_speaks_to_the_person_is_no_heading() -> None:
    read = document("（二）你可以通过设置页面撤回授权")
    assert [one["title"] for one in cut(read, squeeze(read.text))] == [False]
