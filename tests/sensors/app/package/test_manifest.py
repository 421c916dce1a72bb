from typing import Any

import pytest
from tests.sensors.app.package.makers import E, axml, manifest

from hongxian.sensors.app.package.axml import parse
from hongxian.sensors.app.package.manifest import Reader, merge
from hongxian.sensors.app.package.model import Component, IntentFilter, Manifest, UsedPermission
from hongxian.sensors.app.package.resources import Resources

MAIN, LAUNCHER = "android.intent.action.MAIN", "android.intent.category.LAUNCHER"


def read(root: E) -> Manifest:
    return Reader(parse(axml(root), "AndroidManifest.xml").root, Resources([])).read()


def component(kind: str, name: str = ".C", *children: E, **attributes: Any) -> E:
    named = {f"android:{key}": value for key, value in attributes.items()}
    return E(kind, {"android:name": name, **named}, list(children))


def intent_filter(*actions: str, category: str | None = None) -> E:
    children = [E("action", {"android:name": action}) for action in actions]
    if category:
        children.append(E("category", {"android:name": category}))
    return E("intent-filter", {}, children)


def only(found: Manifest) -> Component:
    (component,) = found.components
    return component


def test_versions_and_flags() -> None:
    root = manifest(
        application={
            "android:name": ".App",
            "android:label": "灯",
            "android:debuggable": True,
            "android:allowBackup": False,
            "android:usesCleartextTraffic": True,
            "android:appComponentFactory": "androidx.core.app.CoreComponentFactory",
            "android:testOnly": True,
        },
        **{"android:versionName": "1.2", "android:versionCode": 12},
    )
    root.children.insert(
        0, E("uses-sdk", {"android:minSdkVersion": 21, "android:targetSdkVersion": 34})
    )
    found = read(root)
    assert (found.package, found.version_name, found.version_code) == (
        "com.example.lamp",
        "1.2",
        12,
    )
    assert (found.min_sdk, found.target_sdk, found.label) == (21, 34, "灯")
    assert found.application == "com.example.lamp.App"
    assert found.component_factory == "androidx.core.app.CoreComponentFactory"
    assert (found.debuggable, found.allow_backup, found.test_only) == (True, False, True)
    assert found.uses_cleartext is True


@pytest.mark.parametrize(
    ("declared", "target"),
    [({}, 1), ({"minSdkVersion": 19}, 19), ({"targetSdkVersion": "VanillaIceCream"}, 10_000)],
)
def test_target_sdk_by_default(declared: dict[str, Any], target: int) -> None:
    sdk = E("uses-sdk", {f"android:{key}": value for key, value in declared.items()})
    assert read(E("manifest", {"package": "a"}, [sdk])).target_sdk == target


def test_permissions_used_and_defined() -> None:
    root = manifest()
    root.children += [
        E("uses-permission", {"android:name": "android.permission.CAMERA"}),
        E("uses-permission", {"android:name": "p.OLD", "android:maxSdkVersion": 28}),
        E("uses-permission-sdk-23", {"android:name": "p.NEW"}),
        E("uses-permission"),
        E("permission", {"android:name": "p.OWN", "android:protectionLevel": 2}),
    ]
    found = read(root)
    assert found.permissions == (
        UsedPermission("android.permission.CAMERA"),
        UsedPermission("p.OLD", max_sdk=28),
        UsedPermission("p.NEW", min_sdk=23),
    )
    assert found.permission_names == {"android.permission.CAMERA", "p.OLD", "p.NEW"}
    assert [(p.name, p.protection) for p in found.defined_permissions] == [("p.OWN", 2)]


def test_an_old_app_gets_permissions_that_it_does_not_declare() -> None:
    root = manifest()
    root.children.append(
        E("uses-permission", {"android:name": "android.permission.ACCESS_FINE_LOCATION"})
    )
    implied = {p.name.rpartition(".")[2] for p in read(root).implied_permissions}
    assert implied == {"ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION"}


@pytest.mark.parametrize(
    ("kind", "children", "attributes", "target", "exported"),
    [
        ("activity", (), {}, 33, False),
        ("activity", (intent_filter(MAIN),), {}, 30, True),
        ("service", (intent_filter("a.B"),), {"exported": False}, 30, False),
        ("receiver", (), {"exported": True}, 30, True),
        ("provider", (), {}, 16, True),
        ("provider", (), {}, 17, False),
    ],
)
def test_exported_as_the_system_sees_it(
    kind: str, children: tuple[E, ...], attributes: dict[str, Any], target: int, exported: bool
) -> None:
    root = manifest(component(kind, ".C", *children, **attributes))
    root.children.append(E("uses-sdk", {"android:targetSdkVersion": target}))
    found = only(read(root))
    assert found.exported is exported
    assert found.exported_declared is ("exported" in attributes)


def test_launchers_resolve_aliases_and_leave_out_what_is_disabled() -> None:
    start = intent_filter(MAIN, category=LAUNCHER)
    root = manifest(
        component("activity", ".Main", start),
        component("activity-alias", ".Icon", start, targetActivity=".Splash"),
        component("activity", ".Off", start, enabled=False),
        component("activity", ".Other", intent_filter(MAIN)),
        component("service", ".Odd", start),
    )
    assert read(root).launchers == ("com.example.lamp.Main", "com.example.lamp.Splash")


def test_a_provider_with_all_it_says() -> None:
    meta = E("meta-data", {"android:name": "a.Init", "android:value": "androidx.startup"})
    root = manifest(
        component(
            "provider",
            "androidx.startup.InitializationProvider",
            meta,
            authorities="a;b",
            initOrder=100,
            process=":push",
            readPermission="p.READ",
        )
    )
    found = only(read(root))
    assert found.authorities == ("a", "b")
    assert (found.init_order, found.permission) == (100, "p.READ")
    assert found.process == "com.example.lamp:push"
    assert found.meta_data == (("a.Init", "androidx.startup"),)


def test_filters_keep_schemes_and_hosts() -> None:
    data = E("data", {"android:scheme": "lamp", "android:host": "open", "android:mimeType": "a/b"})
    view = E("intent-filter", {}, [E("action", {"android:name": "v"}), data])
    (found,) = only(read(manifest(component("activity", ".A", view)))).filters
    assert found == IntentFilter(("v",), (), ("scheme:lamp", "host:open", "type:a/b"))
    assert only(read(manifest(component("activity", ".A", view)))).actions == {"v"}


def test_queries() -> None:
    queries = E(
        "queries",
        {},
        [
            E("package", {"android:name": "com.tencent.mm"}),
            E("intent", {}, [E("action", {"android:name": "android.intent.action.VIEW"})]),
            E("provider", {"android:authorities": "a.b"}),
        ],
    )
    found = read(E("manifest", {"package": "a"}, [queries]))
    assert found.queries == (
        "package:com.tencent.mm",
        "action:android.intent.action.VIEW",
        "authority:a.b",
    )


def test_a_disabled_application_disables_its_components() -> None:
    root = manifest(component("receiver"), application={"android:enabled": False})
    assert not only(read(root)).enabled


def test_splits_add_to_the_base() -> None:
    base = read(manifest(component("activity", ".A")))
    split = read(manifest(component("activity", ".A"), component("service", ".B")))
    joined = merge(base, [split])
    assert [c.name for c in joined.of_kind("activity", "service")] == [
        "com.example.lamp.A",
        "com.example.lamp.B",
    ]
