from __future__ import annotations

from tests.sensors.app.dex.maker import Class
from tests.sensors.app.scenes import IMEI, SHOW, main_screen, scene_of

LAMBDA = Class("Lcn/app/one/Main$1;", {"run()V": [("virtual", SHOW, 0)]})
OTHER = Class("Lcn/app/one/MainMenu;", {"go()V": [("virtual", IMEI, 0)]})


def test_a_dialog_of_a_nested_class_is_told_by_its_outermost() -> None:
    scene = scene_of(main_screen(), LAMBDA, OTHER)
    assert scene.telling == {"cn.app.one.Main"}
    assert len(scene.rows_of("show")) == 1
    assert scene.rows_of("leave") == frozenset()


def test_methods_of_a_class_and_of_those_nested_in_it() -> None:
    scene = scene_of(main_screen(), LAMBDA, OTHER)
    name = scene.analysis.program.method_name
    found = {name(m) for m in scene.methods_of("cn.app.one.Main")}
    assert found == {"cn.app.one.Main.onCreate", "cn.app.one.Main$1.run"}


def test_what_the_code_can_read_by_the_method_that_reads() -> None:
    scene = scene_of(main_screen(("virtual", IMEI, 0)), OTHER)
    assert scene.infos == {"device.imei"}
    (created,) = [m for m in scene.methods_of("cn.app.one.Main") if scene.alone(m)]
    ((row, api),) = scene.reads[created]
    assert (scene.owner(row), api.key) == ("cn.app.one.Main", "telephony.imei")
    assert scene.is_app(created)


def test_plumbing_is_not_the_app() -> None:
    kept = Class("Landroidx/core/app/Keep;", {"go()V": []})
    scene = scene_of(main_screen(), kept)
    (method,) = scene.methods_of("androidx.core.app.Keep")
    assert not scene.is_app(method)
