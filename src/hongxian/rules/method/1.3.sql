/*
id: method.1.3
title:
  zh: 隐私政策等收集使用规则难以访问，如进入 App 主界面后需多于 4 次点击等操作才能访问到
  en: The policy is hard to reach, for instance by more than four taps from the main screen
group:
  zh: 未公开收集使用规则
  en: Rules of collection and use not made public
principles: [legitimate]
law:
  - {document: METHOD31, item: "1.3", from: 2019-11-28, to: null, confidence: A}
needs: [session.screens]
severity: medium
says:
  violated:
    zh: 从主界面无法打开隐私政策，或者最短也要点击 {taps} 次（多于 4 次）才能打开。
    en: The policy cannot be opened from the main screen, or only by {taps} taps at the least (more than four).
  suspected:
    zh: 安装包内的隐私政策链接打不开；换一个网络再试即可证实或排除。
    en: The link to the policy in the package does not open; another try from another network would prove or clear it.
  unclear:
    zh: 找到了隐私政策入口，但没有记录从主界面到它需要点击几次。
    en: A way to the policy was found, but not how many taps it takes from the main screen.
  satisfied:
    zh: 从主界面点击 {taps} 次即可打开隐私政策。
    en: The policy opens by {taps} taps from the main screen.
fix:
  zh: 在“我的—设置”等固定位置放置隐私政策入口，从主界面不超过 4 次点击，并保证链接可以打开。
  en: Put the policy in a fixed place, at most four taps from the main screen, and keep the link working.
thresholds:
  taps: {value: 4, unit: tap, source: law, note: 《认定方法》第一条第 3 项 / Method, item 1.3}
status: stable
since: 0.1.0
false_positives:
  zh: 登录前后入口不同的 App，应分别测量；以最短路径为准。
  en: Where the way differs before and after login, measure both; the shortest counts.
*/
with ways as (
  select
    subject,
    array_agg(fact_id) as evidence,
    (select value from limits where rule = 'method.1.3' and name = 'taps') as most,
    min(amount) filter (where outcome = 'works' and kind = 'control') as taps,
    count(fact_id) filter (where outcome = 'works') as works,
    count(fact_id) filter (where outcome in ('fails', 'missing') and kind = 'control') as bad,
    count(fact_id) filter (where outcome = 'fails') as dead
  from facts
  where (kind = 'control' and item = 'policy_link' and certainty = 'seen')
    or (kind = 'publish' and item = 'policy' and outcome is not null)
  group by subject
)
select
  s.subject,
  case
    when w.taps > w.most then 'violated'
    when w.taps <= w.most then 'satisfied'
    when w.works > 0 then 'unclear'
    when w.bad > 0 then 'violated'
    when w.dead > 0 then 'suspected'
    else 'unclear'
  end as verdict,
  w.evidence,
  cast(w.taps as bigint) as taps
from subjects as s
left join ways as w on w.subject = s.subject
