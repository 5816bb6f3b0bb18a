-- reads: as_of, customers, purchase_summary, rfm_parameters, rfm_thresholds
-- makes: one row per kind of customer: entity, basis, and the bounds of the scores 2 to 5: those
--   that are given, or else those that cut the buyers into fifths; the thresholds where the
--   buyers are too few.
--
-- The score of a value is floor(5 * (rank - 1) / n) + 1 with the lowest rank for ties: equal
-- customers share it, whatever the order of the rows. It rises with the value, so that the least
-- value with a score is its bound; a score that nobody has begins with the next better one, or
-- above everyone. Written as comparisons, since engines disagree on what dividing integers means.
with everyone as (
  select distinct entity, customer_id from customers
),
buyers as (
  select
    s.entity as entity,
    s.last_day - p.as_of_day as recency,
    s.purchase_count as frequency,
    s.total_cents as monetary
  from purchase_summary as s
  inner join everyone as e on e.entity = s.entity and e.customer_id = s.customer_id
  cross join as_of as p
  where s.purchase_count > 0
),
sizes as (
  select entity, 'recency' as axis, recency as value, count(*) as size
  from buyers
  group by entity, recency
  union all
  select entity, 'frequency' as axis, frequency as value, count(*) as size
  from buyers
  group by entity, frequency
  union all
  select entity, 'monetary' as axis, monetary as value, count(*) as size
  from buyers
  group by entity, monetary
),
ranked as (
  select
    entity,
    axis,
    value,
    5 * (cast(sum(size) over (partition by entity, axis order by value) as bigint) - size)
      as below,
    cast(sum(size) over (partition by entity, axis) as bigint) as n
  from sizes
),
bounds as (
  select
    entity,
    axis,
    max(n) as n,
    coalesce(min(case when below >= n then value end), max(value) + 1) as bound_2,
    coalesce(min(case when below >= 2 * n then value end), max(value) + 1) as bound_3,
    coalesce(min(case when below >= 3 * n then value end), max(value) + 1) as bound_4,
    coalesce(min(case when below >= 4 * n then value end), max(value) + 1) as bound_5
  from ranked
  group by entity, axis
),
fifths as (
  select
    entity,
    max(case when axis = 'recency' then -bound_2 end) as recency_2,
    max(case when axis = 'recency' then -bound_3 end) as recency_3,
    max(case when axis = 'recency' then -bound_4 end) as recency_4,
    max(case when axis = 'recency' then -bound_5 end) as recency_5,
    max(case when axis = 'frequency' then bound_2 end) as frequency_2,
    max(case when axis = 'frequency' then bound_3 end) as frequency_3,
    max(case when axis = 'frequency' then bound_4 end) as frequency_4,
    max(case when axis = 'frequency' then bound_5 end) as frequency_5,
    max(case when axis = 'monetary' then bound_2 end) as monetary_2,
    max(case when axis = 'monetary' then bound_3 end) as monetary_3,
    max(case when axis = 'monetary' then bound_4 end) as monetary_4,
    max(case when axis = 'monetary' then bound_5 end) as monetary_5,
    max(n) as n
  from bounds
  group by entity
),
chosen as (
  select
    t.entity as entity,
    case
      when t.fixed = 1 then t.basis
      when f.n >= p.min_buyers then 'fifths'
      else 'too_few'
    end as basis,
    case when t.fixed = 0 and f.n >= p.min_buyers then 1 else 0 end as own
  from rfm_thresholds as t
  cross join rfm_parameters as p
  left join fifths as f on f.entity = t.entity
)
select
  t.entity as entity,
  c.basis as basis,
  case when c.own = 1 then f.recency_2 else t.recency_2 end as recency_2,
  case when c.own = 1 then f.recency_3 else t.recency_3 end as recency_3,
  case when c.own = 1 then f.recency_4 else t.recency_4 end as recency_4,
  case when c.own = 1 then f.recency_5 else t.recency_5 end as recency_5,
  case when c.own = 1 then f.frequency_2 else t.frequency_2 end as frequency_2,
  case when c.own = 1 then f.frequency_3 else t.frequency_3 end as frequency_3,
  case when c.own = 1 then f.frequency_4 else t.frequency_4 end as frequency_4,
  case when c.own = 1 then f.frequency_5 else t.frequency_5 end as frequency_5,
  case when c.own = 1 then f.monetary_2 else t.monetary_2 end as monetary_2,
  case when c.own = 1 then f.monetary_3 else t.monetary_3 end as monetary_3,
  case when c.own = 1 then f.monetary_4 else t.monetary_4 end as monetary_4,
  case when c.own = 1 then f.monetary_5 else t.monetary_5 end as monetary_5
from rfm_thresholds as t
inner join chosen as c on c.entity = t.entity
left join fifths as f on f.entity = t.entity
