/*
id: store.5
title:
  zh: 保存了隐私政策未声明的个人信息
  en: PI is kept that no policy declares
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law: []
needs: [store.scan, policy.text]
severity: high
says:
  violated:
    zh: "{item} 保存 {info}，隐私政策未声明该类及同组信息。"
    en: "{item} keeps {info}; the policy declares neither it nor anything of its group."
  suspected:
    zh: "{item} 保存 {info}，隐私政策只声明了同组的其他信息，或该列依据不足；在政策中写明或确认该列内容即可排除。"
    en: "{item} keeps {info}; the policy declares others of its group only, or the column is not certain. A clear word in the policy or a look at the column would clear it."
  unclear:
    zh: "{item} 保存 {info}，但未完整读取隐私政策。"
    en: "{item} keeps {info}, but the policy was not read in full."
  satisfied:
    zh: "{item} 保存的 {info} 在隐私政策中有声明。"
    en: "{info} kept in {item} is declared in the policy."
fix:
  zh: 在隐私政策中声明，或停止收集并删除。
  en: Declare it in the policy, or stop collecting it and delete it.
status: stable
since: 0.1.0
false_positives:
  zh: 员工、供应商等其他人的信息可能由另一份文件告知；请用 --policy 一并给出。
  en: PI of staff or suppliers may be declared in another document; give it with --policy too.
*/
with kept as (
  select f.subject, f.fact_id, f.info, f.item, f.certainty, t.grp
  from facts as f
  join info_types as t on t.info = f.info
  where f.kind = 'store' and f.unit = 'row'
),
declared as (
  select distinct f.subject, f.info, t.grp
  from facts as f
  join info_types as t on t.info = f.info
  where f.kind = 'declare' and f.item <> 'not_collect' and f.item <> 'not_share'
),
groups as (
  select distinct subject, grp
  from declared
),
policy_read as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
judged as (
  select
    k.subject, k.fact_id, k.info, k.item,
    case
      when d.subject is not null then 'satisfied'
      when p.subject is not null and g.subject is not null then 'suspected'
      when p.subject is not null and k.certainty = 'seen' then 'violated'
      when p.subject is not null then 'suspected'
      else 'unclear'
    end as verdict
  from kept as k
  left join declared as d on d.subject = k.subject and d.info = k.info
  left join groups as g on g.subject = k.subject and g.grp = k.grp
  left join policy_read as p on p.subject = k.subject
)
select subject, verdict, array_agg(fact_id) as evidence, info, item
from judged
group by subject, verdict, info, item
