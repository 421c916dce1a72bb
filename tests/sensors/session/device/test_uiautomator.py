"""Screens from dumps, whole and broken."""

from __future__ import annotations

import pytest

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.device import uiautomator
from hongxian.sensors.session.device.uiautomator import read_screen

NODE = (
    '<node index="0" text="{text}" resource-id="com.example:id/{name}" class="{kind}" '
    'package="com.example" content-desc="" checkable="{checkable}" checked="{checked}" '
    'clickable="true" enabled="true" password="false" bounds="[0,{top}][1080,{bottom}]"'
)
HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">"
BOX = NODE.format(text="", name="box", kind="android.widget.FrameLayout", checkable="false",
                  checked="false", top=0, bottom=2400)  # fmt: skip
AGREE = NODE.format(text="同意并继续", name="agree", kind="android.widget.Button",
                    checkable="false", checked="false", top=2000, bottom=2100)  # fmt: skip
TICK = NODE.format(text="我已阅读《隐私政策》", name="tick", kind="android.widget.CheckBox",
                   checkable="true", checked="true", top=1800, bottom=1900)  # fmt: skip
WHOLE = f"{HEAD}{BOX}>{AGREE}/>{TICK} hint='请勾选' /></node></hierarchy>"


def read(data: bytes | str, **about: object) -> tuple[uiautomator.Screen, list[Reason]]:
    unread: list[Reason] = []
    raw = data.encode() if isinstance(data, str) else data
    return read_screen(raw, "screen.xml", unread, **about), unread


def test_a_screen_has_its_elements() -> None:
    screen, unread = read(WHOLE, at=5.0, activity=".MainActivity")
    box, agree, tick = screen.nodes
    assert unread == []
    assert (screen.at, screen.package, screen.activity) == (5.0, "com.example", ".MainActivity")
    assert (box.depth, agree.depth, tick.depth) == (0, 1, 1)
    assert (agree.words, agree.resource) == ("同意并继续", "com.example:id/agree")
    assert agree.bounds == (0, 2000, 1080, 2100)
    assert (agree.clickable, agree.checkable) == (True, False)
    assert (tick.checkable, tick.checked, tick.hint) == (True, True, "请勾选")
    assert (screen.locator, screen.read_by) == ("screen.xml", "dump")


def test_what_the_command_prints_around_it_is_no_fault() -> None:
    noise = (
        f"java.io.FileNotFoundException: /sys/board_info\n{WHOLE}UI hierchary dumped to: /dev/tty\n"
    )
    screen, unread = read(noise)
    assert len(screen.nodes) == 3
    assert unread == []


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_charset_other_than_the_declared_is_read(charset: str) -> None:
    screen, _ = read(WHOLE.encode(charset))
    assert screen.nodes[1].text == "同意并继续"


def test_a_cut_dump_gives_the_elements_before_the_cut() -> None:
    screen, unread = read(WHOLE[: WHOLE.index(" hint")])
    assert [node.text for node in screen.nodes] == ["", "同意并继续"]
    assert [one.word for one in unread] == ["session_device.cut_screen"]
    assert unread[0].values["nodes"] == 2
    assert unread[0].where == "screen.xml"


def test_characters_that_xml_forbids_do_not_end_the_reading() -> None:
    text = WHOLE.replace("同意并继续", "同意\x00&#0;&#xFFFF;&#10;A & B &copy; \x1b[0m")
    screen, unread = read(text)
    assert unread == []
    assert screen.nodes[1].text.split() == ["同意", "A", "&", "B", "&copy;", "[0m"]


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_refused(body: str) -> None:
    with pytest.raises(ArtefactError, match="entities"):
        read(f"{body}<hierarchy><node text='&c;'/></hierarchy>")


def test_an_outer_document_type_is_not_opened() -> None:
    screen, _ = read(
        f'<!DOCTYPE hierarchy SYSTEM "http://127.0.0.1:9/x.dtd">{WHOLE[WHOLE.index("<h") :]}'
    )
    assert len(screen.nodes) == 3


def test_all_windows_and_whose_has_the_focus() -> None:
    dialog = AGREE.replace("com.example", "com.android.permissioncontroller")
    text = (
        f'<displays><display id="0"><window focused="false" active="false"><hierarchy>{TICK}/>'
        f'</hierarchy></window><window focused="true" active="true"><hierarchy>{dialog}/>'
        "</hierarchy></window></display></displays>\nUI hierchary dumped to: x"
    )
    screen, unread = read(text)
    assert unread == []
    assert screen.package == "com.android.permissioncontroller"
    assert [node.depth for node in screen.nodes] == [0, 0]


def test_appium_names_its_elements_by_class() -> None:
    screen, _ = read(
        "<hierarchy><android.widget.TextView text='设置' bounds='[1,2][3,x]'/></hierarchy>"
    )
    assert screen.nodes[0].kind == "android.widget.TextView"
    assert screen.nodes[0].bounds is None


def test_an_empty_screen_is_a_screen() -> None:
    assert read("<hierarchy rotation='0'/>")[0].nodes == ()


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n", b"ERROR: null root node returned", b"<html/>"]
)
def test_what_is_no_screen_is_refused(data: bytes) -> None:
    with pytest.raises(ArtefactError, match=r"screen\.xml"):
        read(data)


def test_elements_without_end_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uiautomator, "MOST_NODES", 50)
    screen, unread = read("<hierarchy>" + "<node text='a'>" * 5_000)
    assert len(screen.nodes) == 50
    assert [one.word for one in unread] == ["session_device.many_nodes"]


def test_wrong_bytes_are_told() -> None:
    screen, unread = read(WHOLE.encode().replace("同意".encode(), b"\xff\xff\xfe\xff"))
    assert len(screen.nodes) == 3
    assert [one.word for one in unread] == ["session_device.charset"]
