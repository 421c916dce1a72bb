/*
id: method.6.4
title:
  zh: 更正、删除个人信息或注销用户账号等操作已执行完毕，但 App 后台并未完成
  en: Correction, deletion or cancellation shown as done, but not done on the server side
group:
  zh: 未按法律规定提供删除或更正个人信息功能，或未公布投诉、举报方式等信息
  en: No correction or deletion as the law requires, or no published way to complain
principles: [lawful]
law:
  - {document: METHOD31, item: "6.4", from: 2019-11-28, to: null, confidence: B}
needs: [store.scan | traffic.requests, session.rights | people.requests]
severity: high
says:
  violated:
    zh: "用户操作已完成，后台仍保存、返回或使用 {info}（{item}）。"
    en: "The operation was done for the person, yet {info} is still kept, returned or used behind ({item})."
  unclear:
    zh: "后台仍有 {info}（{item}），但未记录用户的更正、删除或注销是否已办结。"
    en: "{info} is still there behind ({item}), but whether the person's request had been done was not recorded."
  satisfied:
    zh: "后台已删除 {info}（{item}），或依法定义务保存。"
    en: "{info} ({item}) was deleted behind, or is kept under a legal duty."
fix:
  zh: 注销和删除须同步到所有业务库、缓存、日志、数仓和受托方；确需依法留存的，单独存放并停止其他处理。
  en: Carry deletion through to every database, cache, log, warehouse and entrusted party; what the law requires to keep is stored apart and not otherwise handled.
status: stable
since: 0.1.0
false_positives:
  zh: 依法留存的数据（如电子商务交易记录三年）须在事实中写明法律依据。
  en: Data kept by law, such as three years of e-commerce transactions, must carry that basis in the fact.
*/
with done as (
  select distinct subject
  from facts
  where ((kind = 'right' and outcome = 'closed') or (kind = 'control' and outcome = 'works'))
    and item in ('correct', 'delete', 'cancel_account')
),
behind as (
  select
    f.subject, f.fact_id, f.info, f.item,
    case
      when f.outcome = 'done' then 'satisfied'
      when f.basis not in ('consent', 'separate_consent') then 'satisfied'
      when f.outcome = 'residue' then 'violated'
      when f.kind <> 'delete' and d.subject is not null then 'violated'
      else 'unclear'
    end as verdict
  from facts as f
  left join done as d on d.subject = f.subject
  where f.kind = 'delete'
    or (f.kind in ('store', 'expose', 'use') and f.phase = 'after_withdrawal')
)
select subject, verdict, array_agg(fact_id) as evidence, info, item
from behind
group by subject, verdict, info, item
