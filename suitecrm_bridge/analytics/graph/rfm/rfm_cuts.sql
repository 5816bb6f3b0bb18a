-- reads: as_of, customers, purchase_summary, rfm_parameters, thresholds
-- makes: one row: basis, and the bounds of the scores 2 to 5 that cut the buyers into fifths;
--   the thresholds where the buyers are too few.
--
-- The score of a value is floor(5 * (rank - 1) / n) + 1 with the lowest rank for ties: equal
-- customers share it, whatever the order of the rows. It rises with the value, so that the least
-- value with a score is its bound; a score that nobody has begins with the next better one, or
-- above everyone. Written as comparisons, since engines disagree on what dividing integers means.
with everyone as (
  select distinct customer_id from customers
),
buyers as (
  select
    s.last_day - p.as_of_day as recency,
    s.purchase_count as frequency,
    s.total_cents as monetary
  from purchase_summary as s
  inner join everyone as e on e.customer_id = s.customer_id
  cross join as_of as p
  where s.purchase_count > 0
),
sizes as (
  select 'recency' as axis, recency as value, count(*) as size from buyers group by recency
  union all
  select 'frequency' as axis, frequency as value, count(*) as size from buyers group by frequency
  union all
  select 'monetary' as axis, monetary as value, count(*) as size from buyers group by monetary
),
ranked as (
  select
    axis,
    value,
    5 * (cast(sum(size) over (partition by axis order by value) as bigint) - size) as below,
    cast(sum(size) over (partition by axis) as bigint) as n
  from sizes
),
bounds as (
  select
    axis,
    max(n) as n,
    coalesce(min(case when below >= n then value end), max(value) + 1) as bound_2,
    coalesce(min(case when below >= 2 * n then value end), max(value) + 1) as bound_3,
    coalesce(min(case when below >= 3 * n then value end), max(value) + 1) as bound_4,
    coalesce(min(case when below >= 4 * n then value end), max(value) + 1) as bound_5
  from ranked
  group by axis
),
fifths as (
  select
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
    coalesce(max(n), 0) as n
  from bounds
)
select
  case when f.n >= p.min_buyers then 'fifths' else 'too_few' end as basis,
  case when f.n >= p.min_buyers then f.recency_2 else t.recency_2 end as recency_2,
  case when f.n >= p.min_buyers then f.recency_3 else t.recency_3 end as recency_3,
  case when f.n >= p.min_buyers then f.recency_4 else t.recency_4 end as recency_4,
  case when f.n >= p.min_buyers then f.recency_5 else t.recency_5 end as recency_5,
  case when f.n >= p.min_buyers then f.frequency_2 else t.frequency_2 end as frequency_2,
  case when f.n >= p.min_buyers then f.frequency_3 else t.frequency_3 end as frequency_3,
  case when f.n >= p.min_buyers then f.frequency_4 else t.frequency_4 end as frequency_4,
  case when f.n >= p.min_buyers then f.frequency_5 else t.frequency_5 end as frequency_5,
  case when f.n >= p.min_buyers then f.monetary_2 else t.monetary_2 end as monetary_2,
  case when f.n >= p.min_buyers then f.monetary_3 else t.monetary_3 end as monetary_3,
  case when f.n >= p.min_buyers then f.monetary_4 else t.monetary_4 end as monetary_4,
  case when f.n >= p.min_buyers then f.monetary_5 else t.monetary_5 end as monetary_5
from thresholds as t
cross join fifths as f
cross join rfm_parameters as p
