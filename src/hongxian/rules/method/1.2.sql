/*
id: method.1.2
title:
  zh: App 首次运行时未通过弹窗等明显方式提示用户阅读隐私政策等收集使用规则
  en: On first run the person is not plainly asked, by a pop-up or the like, to read the policy
group:
  zh: 未公开收集使用规则
  en: Rules of collection and use not made public
principles: [legitimate]
law:
  - {document: METHOD31, item: "1.2", from: 2019-11-28, to: null, confidence: A}
needs: [session.start, session.screens]
severity: medium
says:
  violated:
    zh: 首次运行全程有界面记录，在用户自己点开相关页面之前，没有出现提示用户阅读隐私政策的弹窗或其他明显提示。
    en: The first run was recorded screen by screen, and nothing asked the person to read the policy before the person opened such a page.
  suspected:
    zh: 首次运行先进入主界面、之后才提示阅读隐私政策，或者安装包的首个界面和自行运行的代码都没有可作提示的弹窗、页面和文字；查看一次首次运行的录屏即可证实或排除。
    en: On first run the main screen came first and the prompt only later, or neither the first screen of the package nor code that runs by itself has a dialog, page or text that could ask; one recorded first run would settle it.
  unclear:
    zh: 没有完整记录首次运行的界面，无法确定是否提示用户阅读隐私政策。
    en: The screens of the first run were not recorded in full, so whether the policy was put before the person is open.
  satisfied:
    zh: 首次运行进入主界面之前提示用户阅读隐私政策。
    en: On first run the policy was put before the person ahead of the main screen.
fix:
  zh: 首次运行进入主界面之前，用弹窗展示隐私政策要点和可点开的全文链接，并提供“同意”和“不同意”。
  en: Before the main screen of the first run, show a pop-up with the gist of the policy, a link to its text, and "agree" and "refuse".
thresholds:
  seconds:
    {value: 5, unit: second, source: ours, note: 主界面出现后多久仍算“首先提示”；法规没有数字 / how long after the main screen a prompt still counts as first; the law has no number}
status: stable
since: 0.1.0
false_positives:
  zh: 弹窗覆盖在主界面之上、且设备很慢时，提示会晚于主界面；超过阈值时只显示为“疑似”。由运行时加载的代码绘制的提示在安装包中看不到。
  en: On a slow device a pop-up laid over the main screen comes later than it; beyond the threshold it shows as suspected only. A prompt drawn by code that is loaded at run time is not in the package.
*/
with looked as (
  select distinct subject, scope
  from coverage
  where status = 'ran'
),
moments as (
  select
    subject,
    array_agg(fact_id) as evidence,
    count(fact_id) filter (where kind = 'prompt') as prompts,
    count(fact_id) filter (where kind = 'state') as mains,
    count(fact_id) filter (where get_json_object(detail, '$.trigger') = 'person') as called,
    min(seen_at) filter (where kind = 'prompt') as prompt_at,
    min(seen_at) filter (where kind = 'state')
      + interval '1' second * cast((select value from limits where rule = 'method.1.2' and name = 'seconds') as bigint)
      as latest_at
  from facts
  where (kind = 'prompt' and item = 'policy' and certainty = 'seen' and phase in ('prompt', 'unknown'))
    or (kind = 'state' and item = 'main_screen')
  group by subject
),
quiet as (
  select f.subject, array_agg(f.fact_id) as evidence
  from facts as f
  where f.kind = 'trait' and f.item = 'silent_start'
  group by f.subject
),
takers as (
  select distinct subject
  from facts
  where kind in ('collect', 'transmit', 'request', 'reach')
)
select
  s.subject,
  case
    when m.mains = 0 then 'satisfied'
    when m.prompt_at > m.latest_at and m.called = m.prompts
      and a.subject is not null and b.subject is not null then 'violated'
    when m.prompt_at > m.latest_at then 'suspected'
    when m.prompt_at <= m.latest_at then 'satisfied'
    when m.prompts > 0 then 'unclear'
    when a.subject is not null and b.subject is not null then 'violated'
    when q.subject is not null and t.subject is not null then 'suspected'
    else 'unclear'
  end as verdict,
  coalesce(m.evidence, q.evidence) as evidence
from subjects as s
left join moments as m on m.subject = s.subject
left join quiet as q on q.subject = s.subject
left join takers as t on t.subject = s.subject
left join looked as a on a.subject = s.subject and a.scope = 'session.start'
left join looked as b on b.subject = s.subject and b.scope = 'session.screens'
