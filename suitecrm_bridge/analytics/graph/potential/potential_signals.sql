-- reads: as_of, bought, customer_days, customers, group_facts, next_offers, potential_parameters,
--   rfm, touch_facts, wallet_facts
-- makes: one row per customer and signal that can be told: entity, customer_id, signal, strength
--   (0 to 100).
with everyone as (
  select distinct entity, customer_id from customers
),
years as (
  select
    d.entity as entity,
    d.customer_id as customer_id,
    min(case when d.bought = 1 then d.day end) as first_day,
    cast(sum(case when d.day > a.as_of_day - 365 then d.cents else 0 end) as bigint) as this_cents,
    cast(sum(case
      when d.day > a.as_of_day - 730 and d.day <= a.as_of_day - 365 then d.cents else 0
    end) as bigint) as last_cents
  from customer_days as d
  inner join everyone as e on e.entity = d.entity and e.customer_id = d.customer_id
  cross join as_of as a
  group by d.entity, d.customer_id
),
ranked_value as (
  select
    entity,
    customer_id,
    cast(rank() over (partition by entity order by this_cents) - 1 as bigint) as below,
    cast(count(*) over (partition by entity) as bigint) as n
  from years
),
breadth as (
  select b.entity as entity, b.customer_id as customer_id, cast(count(*) as bigint) as products
  from bought as b
  inner join everyone as e on e.entity = b.entity and e.customer_id = b.customer_id
  group by b.entity, b.customer_id
),
ranked_breadth as (
  select
    entity,
    customer_id,
    cast(rank() over (partition by entity order by products) - 1 as bigint) as below,
    cast(count(*) over (partition by entity) as bigint) as n
  from breadth
),
two_years as (
  select
    y.entity as entity,
    y.customer_id as customer_id,
    case when y.this_cents > 0 then y.this_cents else cast(0 as bigint) end as this_cents,
    case when y.last_cents > 0 then y.last_cents else cast(0 as bigint) end as last_cents
  from years as y
  cross join as_of as a
  where y.first_day <= a.as_of_day - 365
),
wallets as (
  select
    w.entity as entity,
    w.customer_id as customer_id,
    w.wallet_cents as wallet_cents,
    case when y.this_cents > 0 then y.this_cents else cast(0 as bigint) end as this_cents
  from wallet_facts as w
  left join years as y on y.entity = w.entity and y.customer_id = w.customer_id
  where w.wallet_cents > 0
),
members as (
  select
    g.entity as entity,
    g.customer_id as customer_id,
    g.group_key as group_key,
    case when r.rfm_recency >= 4 and r.rfm_frequency >= 4 then cast(1 as bigint)
      else cast(0 as bigint)
    end as best
  from group_facts as g
  inner join rfm as r on r.entity = g.entity and r.customer_id = g.customer_id
),
base as (
  select entity, cast(count(*) as bigint) as n, cast(sum(best) as bigint) as best
  from members
  group by entity
),
groups as (
  select entity, group_key, cast(count(*) as bigint) as n, cast(sum(best) as bigint) as best
  from members
  group by entity, group_key
),
fits as (
  select
    m.entity as entity,
    m.customer_id as customer_id,
    cast(floor(cast(50 * g.best * b.n as double) / cast(g.n * b.best as double)) as bigint)
      as strength
  from members as m
  inner join groups as g on g.entity = m.entity and g.group_key = m.group_key
  inner join base as b on b.entity = m.entity
  cross join potential_parameters as a
  where b.best > 0 and g.n >= a.group_size
),
touched as (
  select
    t.entity as entity,
    t.customer_id as customer_id,
    t.campaign_id as campaign_id,
    max(t.responded) as responded
  from touch_facts as t
  cross join as_of as a
  where t.day <= a.as_of_day
  group by t.entity, t.customer_id, t.campaign_id
),
responses as (
  select
    entity,
    customer_id,
    cast(count(*) as bigint) as targeted,
    cast(sum(responded) as bigint) as responded
  from touched
  group by entity, customer_id
),
signals as (
  select entity, customer_id, 'value' as signal,
    cast(floor(cast(100 * below as double) / cast(n as double)) as bigint) as strength
  from ranked_value
  union all
  select entity, customer_id, 'breadth' as signal,
    cast(floor(cast(100 * below as double) / cast(n as double)) as bigint) as strength
  from ranked_breadth
  union all
  select entity, customer_id, 'trend' as signal,
    cast(floor(
      cast(cast(100 as double) * this_cents as double) / cast(this_cents + last_cents as double)
    ) as bigint) as strength
  from two_years
  where this_cents + last_cents > 0
  union all
  select entity, customer_id, 'headroom' as signal,
    case when this_cents >= wallet_cents then cast(0 as bigint)
      else 100 - cast(floor(
        cast(cast(100 as double) * this_cents as double) / cast(wallet_cents as double)
      ) as bigint)
    end as strength
  from wallets
  union all
  select o.entity as entity, o.customer_id as customer_id, 'headroom' as signal,
    cast(floor(cast(o.confidence as double) / cast(10000 as double)) as bigint) as strength
  from next_offers as o
  left join wallets as w on w.entity = o.entity and w.customer_id = o.customer_id
  where w.customer_id is null and o.basis = 'rule'
  union all
  select entity, customer_id, 'engagement' as signal,
    cast(floor(cast(100 * responded as double) / cast(targeted as double)) as bigint) as strength
  from responses
  union all
  select entity, customer_id, 'fit' as signal,
    case when strength > 100 then cast(100 as bigint) else strength end as strength
  from fits
)
select s.entity as entity, s.customer_id as customer_id, s.signal as signal, s.strength as strength
from signals as s
inner join everyone as e on e.entity = s.entity and e.customer_id = s.customer_id
