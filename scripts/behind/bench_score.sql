-- Made-up purchases: n of them, of c customers, over three years, spread by a hash. Some customers
-- buy often and some seldom, some stay and some leave; one purchase in a hundred is a refund.
with drawn as (
  select
    i,
    case when i < getvariable('c') then i
      else cast(floor(getvariable('c') * power(hash(i * 64 + 8) / 18446744073709551616.0, 3)) as bigint)
    end as k
  from range(getvariable('n')) as r(i)
),
placed as (
  select
    i,
    k,
    1094 * (hash(k * 64 + 1) / 18446744073709551616.0) as first,
    60 - 500 * ln(1 - hash(k * 64 + 2) / 18446744073709551616.0) as life,
    hash(k * 64 + 3) / 18446744073709551616.0 as purse,
    case when i < getvariable('c') then 0 else hash(i * 64 + 4) / 18446744073709551616.0 end as part,
    (hash(i * 64 + 5) / 18446744073709551616.0) + (hash(i * 64 + 6) / 18446744073709551616.0)
      + (hash(i * 64 + 7) / 18446744073709551616.0) - 1.5 as luck
  from drawn
)
select
  cast(cast(md5_number(concat('customer', k)) as uuid) as varchar) as customer_id,
  date '2023-01-01' + cast(floor(first + part * least(1094 - first, life)) as integer) as date,
  cast(round(exp(3 + 0.8 * luck + 1.2 * purse), 2) as double)
    * case when hash(i * 64 + 9) % 100 = 0 then -1 else 1 end as amount
from placed
