from hongxian.laws.hosts import owner_of
from hongxian.sensors.session.bundle.manifest import Manifest
from hongxian.sensors.session.recipients import NOBODY, Hosts, recipient_of

MANIFEST = Manifest(package="cn.example.app", own_domains=("example-own.cn",))


def test_the_bundle_and_the_user_say_whose_a_host_is() -> None:
    hosts = Hosts(overrides={"pixel.example-ad.cn": "umeng_analytics"}, own=("mine.cn",))
    told = hosts.with_own(MANIFEST)
    assert told.own == ("mine.cn", "example-own.cn")
    assert told.of("api.example-own.cn").first_party
    assert told.of("a.pixel.example-ad.cn").key == "umeng_analytics"
    assert told.of("nobody-knows.example-other.cn") is None


def test_at_an_sdks_own_host_its_own_code_talks() -> None:
    found = recipient_of(owner_of("ulogs.umeng.com"))
    assert (found.key, found.actor) == ("umeng_analytics", "umeng_analytics")
    assert "友盟" in found.party
    assert found.hosted_by is None


def test_at_a_companys_host_nobody_knows_whose_code_talks() -> None:
    found = recipient_of(owner_of("api.example.cn", {"example.cn": "示例公司"}))
    assert (found.key, found.actor, found.party) == ("named:示例公司", "unknown", "示例公司")


def test_own_hosts_are_talked_to_by_own_code() -> None:
    found = recipient_of(owner_of("api.mine.cn", own=("mine.cn",)))
    assert (found.key, found.actor) == ("first_party", "first_party")


def test_a_customer_of_a_cloud_is_unknown_and_the_cloud_is_told() -> None:
    found = recipient_of(owner_of("shop-1.oss-cn-beijing.aliyuncs.com"))
    assert (found.key, found.actor, found.party) == ("unknown", "unknown", None)
    assert found.hosted_by == "alibaba_cloud"


def test_a_host_of_nobody_stays_unknown() -> None:
    assert recipient_of(owner_of("203.0.113.7")) == NOBODY
