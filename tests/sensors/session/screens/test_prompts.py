import pytest

from hongxian.sensors.session.model import Node, Screen
from hongxian.sensors.session.screens.prompts import policy_prompt, shows_policy


def screen(*nodes: Node) -> Screen:
    return Screen(at=None, nodes=nodes, locator="1.xml", package="cn.example")


ASKS = Node(text="请阅读并同意《隐私政策》和《用户协议》后使用")


@pytest.mark.parametrize(
    "agree", ["同意", "同意并继续", "我知道了", "Agree", "Accept and continue"]
)
def test_a_screen_that_names_the_policy_and_lets_agree_is_a_prompt(agree: str) -> None:
    found = policy_prompt(screen(ASKS, Node(text="不同意"), Node(text=agree)))
    assert found is not None
    assert found.agree.text == agree
    assert found.refuse.text == "不同意"
    assert found.links == ("隐私政策", "用户协议")
    assert not found.ticked


@pytest.mark.parametrize(
    "refuse", ["拒绝", "不同意并退出", "暂不使用", "仅浏览", "Disagree", "Not now"]
)
def test_a_refusal_has_many_names(refuse: str) -> None:
    found = policy_prompt(screen(ASKS, Node(text="同意"), Node(text=refuse)))
    assert found.refuse.text == refuse


def test_a_prompt_without_a_way_to_refuse_has_none() -> None:
    assert policy_prompt(screen(ASKS, Node(text="同意"))).refuse is None


def test_a_box_that_stands_for_consent_is_found_by_the_words_beside_it() -> None:
    box = Node(kind="android.widget.CheckBox", checkable=True, checked=True)
    found = policy_prompt(screen(box, Node(text="我已阅读并同意《隐私政策》"), Node(text="登录")))
    assert found.ticked
    assert found.agree is None
    other = Node(text="记住密码", checkable=True, checked=True)
    prompt = policy_prompt(screen(ASKS, Node(text="同意"), Node(text="x"), Node(text="y"), other))
    assert not prompt.boxes


def test_screens_without_a_question_are_no_prompts() -> None:
    assert policy_prompt(screen(Node(text="隐私政策"), Node(text="关于"))) is None
    assert policy_prompt(screen(Node(text="同意"), Node(text="加好友请求"))) is None


def test_an_english_prompt() -> None:
    found = policy_prompt(screen(Node(text="Please read our Privacy Policy"), Node(text="I agree")))
    assert found.links == ("Privacy Policy",)


def test_the_policy_itself_is_a_long_text_without_a_question() -> None:
    text = Node(text="隐私政策 " + "我们收集您的手机号用于登录。" * 60)
    assert shows_policy(screen(text))
    assert not shows_policy(screen(Node(text="隐私政策")))
    assert not shows_policy(screen(text, Node(text="同意")))
    assert not shows_policy(screen(Node(text="新闻正文" * 300)))
