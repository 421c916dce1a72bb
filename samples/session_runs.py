"""Composes the two sample sessions: a run of Lantern that violates, one of its twin that does not.

Usage: ``python samples/session_runs.py [FOLDER]`` writes both bundles to ``samples/sessions`` or
to FOLDER, byte for byte the same each time. Persons, numbers and servers are invented; the calls
are those that ``TRUTH.toml`` finds in the packages, with the stacks that it tells.
"""
# ruff: noqa: INP001 - a script beside the samples, not a package

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from samples.session_story import HOME, SYSTEM, Story, button, node  # noqa: E402 - our own folder

TRUTH = tomllib.loads((HERE / "TRUTH.toml").read_text("utf-8"))
PACKAGE = "cn.hongxian.lantern"
RUNS = {"lantern": "lantern-1.0-violates.zip", "lantern_clean": "lantern-2.0-keeps.zip"}
"""Sample -> name of its bundle."""

VALUES = {
    "basic.phone": "19912345670", "identity.doc_number": "110101199003070070",
    "device.imei": "867530024681354", "device.imsi": "460011234567890",
    "device.iccid": "89860112851234567896", "device.android_id": "9f3c2a7b41d05e68",
    "device.oaid": "7d1b6c52-9f0e-4a83-b2c4-5e60a7d81f39", "device.serial": "LNT7Q2X9A1B4",
    "device.mac": "3c:5a:b4:1d:9e:07", "device.bssid": "a4:56:02:7c:81:3e",
    "location.precise": "39.908722,116.397499", "contact.address_book": "13700001122",
    "device.app_list": "cn.hongxian.sampleplayer,cn.hongxian.samplereader,cn.hongxian.samplechat",
}  # fmt: skip
"""What was made up for the test, by PI type."""

CALLS = {
    "comm.call_log": ("android.content.ContentResolver.query", ["content://call_log/calls"]),
    "contact.address_book": (
        "android.content.ContentResolver.query", ["content://com.android.contacts/contacts"]
    ),
    "device.android_id": ("android.provider.Settings$Secure.getString", ["android_id"]),
}  # fmt: skip
"""PI type -> the call that a hook sees, where the package names a constant instead."""
PLATFORM = ("android.app.ActivityThread.main", "com.android.internal.os.ZygoteInit.main")

DIALOGS = {
    "READ_PHONE_STATE": "允许“灯笼手电筒”拨打电话和管理通话吗？",
    "ACCESS_FINE_LOCATION": "允许“灯笼手电筒”获取此设备的位置信息吗？",
    "READ_CONTACTS": "允许“灯笼手电筒”访问您的通讯录吗？",
    "READ_CALL_LOG": "允许“灯笼手电筒”访问您的通话记录吗？",
    "CAMERA": "允许“灯笼手电筒”拍摄照片和录制视频吗？",
}
FOOTER = "使用本应用即表示您同意《用户协议》和《隐私政策》"
MAIN = [button("打开手电筒"), button("领取优惠券"), button("注册"), button("我的"), node(FOOTER)]
CLEAN_MAIN = [
    button(text) for text in ("打开手电筒", "日落时间", "邀请好友", "优惠券（由第三方提供）",
                              "粘贴兑换码", "设置与个人信息权利", "阅读《隐私政策》")
]  # fmt: skip
POLICY = [node("灯笼手电筒隐私政策"), node("我们按照功能逐项列出收集的个人信息。" * 40)]
ASK = [
    node("个人信息保护提示"),
    node("欢迎使用灯笼手电筒。请您阅读《隐私政策》，了解我们收集哪些个人信息、用于何种目的、"
         "提供给哪些第三方SDK。不同意时，您仍可使用手电筒功能。"),
    button("阅读《隐私政策》"), button("不同意"), button("同意"),
]  # fmt: skip
OWN_HOSTS = ("hongxian-lantern.cn",)

SHARED = {
    "umeng_analytics": ("友盟+统计SDK", "device.imei", "统计分析"),
    "jpush": ("极光推送SDK", "device.android_id", "消息推送"),
    "pangle": ("穿山甲SDK", "device.iccid", "广告展示"),
    "ksad": ("快手联盟SDK", "device.app_list", "广告展示"),
}
"""SDK key -> its name, the PI that it is to get, what for; as the twin's policy lists them."""
AGREED = ("umeng_analytics", "jpush")
"""Recipients to whom the person agrees; the others get nothing."""
WORDS = {"device.imei": "IMEI", "device.android_id": "Android ID", "device.iccid": "ICCID",
         "device.app_list": "已安装应用列表"}  # fmt: skip
HOSTS = {
    "umeng_analytics": "https://ulogs.umeng.com/unify_logs",
    "jpush": "https://stats.jpush.cn/v3/report",
    "pangle": "https://log.pangle.io/api/ad/stats",
    "ksad": "https://open.e.kuaishou.com/rest/e/v3/open/sdk",
}


class Run(Story):
    """A story of one of the samples."""

    @classmethod
    def of(cls, sample: str, path: Path) -> Run:
        """Begin a session of a sample's very build."""
        digest = hashlib.sha256((HERE / TRUTH[sample]["apk"]).read_bytes()).hexdigest()
        app = {"package": PACKAGE, "version": TRUTH[sample]["version"], "version_code": 1,
               "sha256": digest, "label": "灯笼手电筒"}  # fmt: skip
        run = cls(path, app, {key: [value] for key, value in VALUES.items()}, OWN_HOSTS)
        run.sample = sample
        return run

    sample: str = ""

    def read(self, at: float, info: str, actor: str) -> None:
        """Let code read PI by the call and the path that the truth table tells of it."""
        reads = TRUTH[self.sample]["reads"]
        told = next(r for r in reads if r["info"] == info and r["actor"] == actor)
        api, args = CALLS.get(info, (told["api"], []))
        more = {"args": args} if args else {}
        self.call(at, api, [api, *reversed(told["path"]), *PLATFORM], outcome="granted", **more)

    def ask(self, at: float, permission: str, answer: str, count: str = "") -> None:
        """Show the system's dialog for a permission, and the answer a second later."""
        nodes = [node(DIALOGS[permission]), button("允许"), button("拒绝")]
        if count:
            nodes.insert(1, node(count))
        self.screen(at, ".GrantPermissionsActivity", nodes, SYSTEM)
        self.answer(at + 1, f"android.permission.{permission}", answer)

    def post(self, at: float, url: str, fields: dict[str, str]) -> None:
        """Send a form."""
        self.send(at, "POST", url, urlencode(fields), Content_Type=FORM)

    def post_json(self, at: float, url: str, data: dict[str, Any]) -> None:
        """Send JSON."""
        self.send(at, "POST", url, json.dumps(data, ensure_ascii=False),
                  Content_Type="application/json")  # fmt: skip


FORM = "application/x-www-form-urlencoded"


def violating(path: Path) -> Path:
    """Compose the run of ``lantern.apk`` and return the bundle's path."""
    run = Run.of("lantern", path)
    _unasked(run)
    _batch(run)
    _registration(run)
    _use(run)
    _behind(run)
    _rights(run)
    _update(run)
    run.mark(520, "end")
    return run.close()


def _unasked(run: Run) -> None:
    """Cold start: SDKs read and send before anybody is asked anything."""
    run.mark(0, "start")
    run.package_state(0, {f"android.permission.{name}": False for name in DIALOGS})
    run.read(0.4, "device.mac", "first_party")
    run.read(0.6, "device.imei", "umeng_analytics")
    run.read(0.7, "device.android_id", "jpush")
    run.read(0.8, "device.app_list", "ksad")
    run.read(0.9, "device.iccid", "pangle")
    run.post(1.2, HOSTS["umeng_analytics"], {"imei": VALUES["device.imei"], "channel": "market"})
    hashed = hashlib.md5(VALUES["device.android_id"].encode()).hexdigest()  # noqa: S324 - as SDKs do
    run.post_json(1.4, HOSTS["jpush"], {"device": {"aid": hashed}, "type": "active"})
    apps = json.dumps({"apps": VALUES["device.app_list"].split(",")})
    packed = base64.b64encode(apps.encode()).decode()
    run.post(1.6, HOSTS["ksad"], {"data": packed})
    for host in ("http://collect.hongxian-lantern.cn/v1/device", "http://203.0.113.7:8080/partner"):
        run.post(1.8, host, {"mac": VALUES["device.mac"].replace(":", "")})
    run.screen(2, ".MainActivity", MAIN)


def _batch(run: Run) -> None:
    """Five permissions in one go; one refusal closes the app, the next start asks again."""
    answers = ("denied", "granted", "denied", "denied", "denied")
    for place, (name, answer) in enumerate(zip(DIALOGS, answers, strict=True)):
        at = 8 + 3 * place
        run.ask(at, name, answer, f"第 {place + 1} 项权限（共 5 项）")
        if name == "READ_PHONE_STATE":
            run.mark(at + 1, "deny", permission="android.permission.READ_PHONE_STATE")
    run.mark(23, "deny", permission="android.permission.READ_CONTACTS")
    run.screen(24, ".Launcher", [node("应用")], HOME)
    run.mark(30, "restart")
    run.screen(31, ".MainActivity", MAIN)
    for place, name in enumerate(("READ_CONTACTS", "READ_CALL_LOG")):
        run.ask(32 + 3 * place, name, "denied", f"第 {place + 1} 项权限（共 2 项）")
    run.mark(40, "restart")
    run.ask(42, "READ_CONTACTS", "denied")
    run.ask(46, "READ_CONTACTS", "denied")
    run.read(48, "contact.address_book", "first_party")
    run.screen(50, ".MainActivity", MAIN)


def _registration(run: Run) -> None:
    """The only prompt there is: a box that is ticked already, and an ID number without a reason."""
    run.tap(59, "注册")
    run.screen(60, ".RegisterActivity", [
        node("", "EditText", hint="手机号码"), node("", "EditText", hint="身份证号码"),
        node("", "CheckBox", checkable=True, checked=True, clickable=True),
        node("我已阅读并同意《用户协议》和《隐私政策》"), button("立即注册"),
    ])  # fmt: skip
    run.mark(70, "accept")
    run.tap(70.5, "立即注册")
    run.screen(71, ".MainActivity", MAIN)
    for host in ("http://collect.hongxian-lantern.cn/v1/device", "http://203.0.113.7:8080/partner"):
        run.post(72, host, {"register": f"{VALUES['basic.phone']},{VALUES['identity.doc_number']}"})


def _use(run: Run) -> None:
    """The torch works; the position is read every two seconds, needed or not."""
    run.mark(90, "function", thing="手电筒", kind="basic", outcome="available")
    for turn in range(20):
        run.read(92 + 2 * turn, "location.precise", "amap")
    latitude, longitude = VALUES["location.precise"].split(",")
    where = {"lat": float(latitude), "lng": float(longitude)}
    run.post_json(132, "https://apilocate.amap.com/mobile/binary", {"fix": where})
    run.mark(140, "function", thing="手电筒", kind="basic", outcome="blocked",
             refused="android.permission.READ_CONTACTS")  # fmt: skip


def _behind(run: Run) -> None:
    """The position goes on being read behind; a partner's page gets the phone number."""
    run.mark(160, "background")
    run.screen(161, ".Launcher", [node("应用")], HOME)
    for turn in range(6):
        run.read(165 + 10 * turn, "location.precise", "first_party")
    run.mark(230, "foreground")
    run.screen(231, ".MainActivity", MAIN)
    run.mark(240, "third_party", thing="伙伴优惠")
    run.tap(241, "领取优惠券")
    run.screen(242, ".MiniAppActivity", [node("本店优惠券"), button("立即使用")])
    run.read(243, "basic.phone", "first_party")
    run.send(244, "GET", f"http://mini.hongxian-partner.cn/coupons?m={VALUES['basic.phone']}")
    run.mark(255, "function", thing="红包", kind="extended", outcome="available")
    run.screen(256, ".GiftActivity", [
        node("填写身份证号码，领取红包"), node("", "EditText", hint="身份证号码"), button("领取"),
    ])  # fmt: skip


def _rights(run: Run) -> None:
    """Six touches to the policy; nothing to withdraw, correct or delete; a photo to cancel."""
    run.screen(268, ".MainActivity", MAIN)
    run.mark(270, "open_policy")
    for place, text in enumerate(("我的", "设置", "通用", "关于灯笼", "法律信息", "隐私政策")):
        run.tap(271 + 2 * place, text)
        if text != "隐私政策":
            run.screen(272 + 2 * place, ".MenuActivity", [button(text), button("返回")])
    run.screen(283, ".PolicyActivity", POLICY)
    for at, name in ((300, "personalised_off"), (310, "correct"), (320, "delete")):
        run.mark(at, name, outcome="missing")
    run.mark(330, "cancel_account", outcome="fails", taps=8)
    run.screen(332, ".CancelActivity", [
        node("注销账号"), node("", "EditText", hint="上传手持身份证照片"),
        node("", "EditText", hint="工作单位"), button("提交"),
    ])  # fmt: skip
    run.mark(350, "withdraw", outcome="missing")
    run.screen(357, ".MenuActivity", [button("法律信息"), button("返回")])


def _update(run: Run) -> None:
    """The update switches a setting back on, and ties the torch to a permission."""
    run.mark(370, "foreground")
    off = [node("上传诊断数据"), node("", "Switch", checkable=True, checked=False)]
    on = [off[0], off[1] | {"checked": True}]
    run.screen(371, ".MenuActivity", off)
    grants = {f"android.permission.{n}": n == "ACCESS_FINE_LOCATION" for n in DIALOGS}
    run.package_state(380, grants)
    run.mark(400, "update", version="1.1")
    run.package_state(401, grants, "1.1")
    run.screen(405, ".MenuActivity", on)
    run.mark(430, "function", thing="手电筒", kind="existing", outcome="blocked",
             refused="android.permission.READ_CONTACTS")  # fmt: skip
    run.screen(432, ".MainActivity", [node("请先授权通讯录，再使用手电筒"), button("去授权")])


def keeping(path: Path) -> Path:
    """Compose the run of ``lantern_clean.apk`` and return the bundle's path."""
    run = Run.of("lantern_clean", path)
    _asked(run)
    _shared(run)
    _functions(run)
    _left_alone(run)
    _own_rights(run)
    _kept(run)
    run.mark(520, "end")
    return run.close()


def _asked(run: Run) -> None:
    """The policy comes first; it is refused, and the torch works all the same."""
    run.mark(0, "start")
    run.package_state(0, {f"android.permission.{name}": False for name in DIALOGS})
    run.screen(1, ".SplashActivity", ASK)
    run.mark(10, "refuse")
    run.tap(10.2, "不同意")
    run.screen(11, ".MainActivity", CLEAN_MAIN)
    run.mark(20, "function", thing="手电筒", kind="basic", outcome="available", refused="policy")
    run.mark(30, "restart")
    run.screen(31, ".MainActivity", CLEAN_MAIN)


def _shared(run: Run) -> None:
    """Consent, then a question of its own for each recipient; what is refused is not sent."""
    run.tap(39, "重新选择")
    run.screen(40, ".SplashActivity", ASK)
    run.mark(42, "accept")
    run.tap(42.3, "同意")
    run.screen(43, ".MainActivity", CLEAN_MAIN)
    for place, (key, (name, info, purpose)) in enumerate(SHARED.items()):
        at = 45 + 3 * place
        text = f"经您单独同意，我们会把您的{WORDS[info]}提供给{name}，用于{purpose}。"
        run.screen(at, ".SdkConsentActivity", [node(text), button("同意"), button("暂不")])
        run.tap(at + 1, "同意" if key in AGREED else "暂不")
    run.screen(58, ".MainActivity", CLEAN_MAIN)
    run.read(60, "device.oaid", "first_party")
    run.read(61, "device.android_id", "jpush")
    run.post_json(64, HOSTS["jpush"], {"device": {"aid": VALUES["device.android_id"]}})
    run.post_json(66, "https://api.hongxian-lantern.cn/v1/start", {"oaid": VALUES["device.oaid"]})


def _functions(run: Run) -> None:
    """Each permission at its function, with its purpose told; each refusal costs only that."""
    purposes = (
        (90, "日落时间", "ACCESS_FINE_LOCATION", "granted",
         "为计算您所在地的日落时间，我们需要获取一次您的位置。拒绝后，其他功能不受影响。"),
        (110, "邀请好友", "READ_CONTACTS", "denied",
         "为供您选择要邀请的好友，我们需要读取通讯录。通讯录仅在本机使用，不会上传。"),
        (130, "开启防刷保护", "READ_PHONE_STATE", "granted",
         "为识别虚假设备、防止优惠券被冒领，我们需要读取设备信息。拒绝后，其他功能不受影响。"),
    )  # fmt: skip
    for at, thing, permission, answer, purpose in purposes:
        run.mark(at, "function", thing=thing, kind="extended", outcome="available")
        run.tap(at + 1, thing)
        run.screen(at + 2, ".PurposeActivity", [node(purpose), button("暂不"), button("继续")])
        run.tap(at + 4, "继续")
        run.ask(at + 5, permission, answer)
        run.screen(at + 7, ".MainActivity", CLEAN_MAIN)
    run.call(98, "android.location.LocationManager.getLastKnownLocation",
             ["android.location.LocationManager.getLastKnownLocation",
              "cn.hongxian.lantern.SunsetActivity.locate", *PLATFORM])  # fmt: skip
    run.read(138, "device.imei", "first_party")
    run.post(139, HOSTS["umeng_analytics"], {"imei": VALUES["device.imei"]})
    run.mark(150, "deny", permission="android.permission.READ_CONTACTS")
    run.mark(155, "function", thing="手电筒", kind="basic", outcome="available",
             refused="android.permission.READ_CONTACTS")  # fmt: skip


def _left_alone(run: Run) -> None:
    """Nothing happens behind; the partner's page is announced and gets nothing."""
    run.mark(170, "background")
    run.screen(171, ".Launcher", [node("应用")], HOME)
    run.mark(240, "foreground")
    run.screen(241, ".MainActivity", CLEAN_MAIN)
    run.mark(250, "third_party", thing="伙伴优惠")
    run.tap(251, "优惠券（由第三方提供）")
    notice = "优惠券页面由“伙伴优惠”提供。我们不会向其提供您的个人信息，是否继续？"
    asks = [node("即将打开第三方页面"), node(notice), button("不同意"), button("同意")]
    run.screen(252, ".CouponActivity", asks)
    run.tap(254, "同意")
    run.send(255, "GET", "https://mini.hongxian-partner.cn/coupons?theme=b3261e")
    run.screen(256, ".CouponActivity", [node("本店优惠券"), button("立即使用")])


def _own_rights(run: Run) -> None:
    """One touch to the policy; every right works; after withdrawal nothing is read or sent."""
    run.screen(268, ".MainActivity", CLEAN_MAIN)
    run.mark(270, "open_policy")
    run.tap(271, "阅读《隐私政策》")
    run.screen(272, ".PolicyActivity", POLICY)
    marks = (
        (290, "personalised_off"), (300, "correct"), (310, "delete"), (320, "cancel_account"),
        (340, "withdraw"),
    )  # fmt: skip
    for at, name in marks:
        run.mark(at, name, outcome="works", taps=2)
        run.screen(at + 1, ".SettingsActivity", _settings())
        confirm = [node("提交后立即处理，无需提供其他材料。是否继续？"), button("继续")]
        run.screen(at + 3, ".SettingsActivity", confirm)
    run.screen(350, ".MainActivity", CLEAN_MAIN)


def _kept(run: Run) -> None:
    """The update asks about what is new, and leaves settings and torch as they were."""
    grants = {f"android.permission.{n}": n != "READ_CONTACTS" for n in DIALOGS}
    run.package_state(380, grants)
    run.screen(385, ".SettingsActivity", _settings())
    run.mark(400, "update", version="2.1")
    run.package_state(401, grants, "2.1")
    run.screen(405, ".SplashActivity", ASK)
    run.tap(408, "不同意")
    run.screen(410, ".SettingsActivity", _settings())
    run.mark(430, "function", thing="手电筒", kind="existing", outcome="available",
             refused="policy")  # fmt: skip
    run.screen(432, ".MainActivity", CLEAN_MAIN)


def _settings() -> list[dict[str, Any]]:
    label = "个性化推荐与个性化广告（可随时关闭）"
    return [node(label), node("", "Switch", checkable=True, checked=False), button("撤回同意"),
            button("注销账号"), button("删除个人信息"), button("更正个人信息")]  # fmt: skip


def compose(folder: Path) -> list[Path]:
    """Write both bundles into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [violating(folder / RUNS["lantern"]), keeping(folder / RUNS["lantern_clean"])]


if __name__ == "__main__":
    for made in compose(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "sessions"):
        print(made)  # noqa: T201 - what a script that writes files says
