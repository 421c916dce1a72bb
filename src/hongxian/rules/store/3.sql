/*
id: store.3
title:
  zh: 对可枚举的标识符仅作无密钥散列
  en: Identifiers that can be enumerated are hashed without key or salt
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law:
  - {document: PIPL, item: "73", from: 2021-11-01, to: null, confidence: B}
  - {document: GB37964, item: "4.2", from: 2020-03-01, to: null, confidence: M}
needs: [store.scan]
severity: medium
says:
  violated:
    zh: "{item} 的 {info} 是无密钥、无盐的散列：同一行的明文经散列后与其相等，逐一尝试即可还原，不能视为匿名化。"
    en: "{info} in {item} is a hash without key or salt: that of the clear value of the same row equals it. Trying all values gives it back; it is not anonymous."
  suspected:
    zh: "{item} 的 {info} 只存散列值，形式与无密钥、无盐的散列一致，可枚举还原；出示所用密钥或盐的管理记录即可排除。"
    en: "{info} in {item} is kept as a hash that looks like one without key or salt and can be enumerated; a record of the key or salt would clear it."
  unclear:
    zh: "{item} 的 {info} 是散列值，是否加盐或加密钥未知。"
    en: "{info} in {item} is a hash; whether with key or salt is unknown."
  satisfied:
    zh: "{item} 的 {info} 使用加盐或慢速散列。"
    en: "{info} in {item} is a salted or slow hash."
fix:
  zh: 改用带密钥的散列（HMAC-SM3、HMAC-SHA-256）或令牌化；口令使用加盐的慢速算法。
  en: Use a keyed hash (HMAC-SM3, HMAC-SHA-256) or tokens; for passwords a slow algorithm with salt.
status: stable
since: 0.1.0
false_positives:
  zh: 带密钥的散列与无密钥的看起来相同，因此多为“疑似”。
  en: A keyed hash looks like a bare one, hence mostly suspected.
*/
with hashed as (
  select subject, fact_id, info, item,
    get_json_object(detail, '$.bare') as bare, get_json_object(detail, '$.proven') as proven
  from facts
  where kind = 'store' and unit = 'row' and form = 'hashed'
)
select
  subject,
  case
    when proven = 'true' then 'violated'
    when bare = 'true' then 'suspected'
    when bare = 'false' then 'satisfied'
    else 'unclear'
  end as verdict,
  array_agg(fact_id) as evidence, info, item
from hashed
group by subject, info, item, bare, proven
