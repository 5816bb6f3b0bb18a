-- reads: as_of, customers, own_rhythms, purchase_summary, rfm_cuts, segment_cells,
--   segment_conditions
-- makes: one row per customer with segment, scores and facts.
with everyone as (
  select distinct entity, customer_id from customers
),
facts as (
  select
    e.entity as entity,
    e.customer_id as customer_id,
    p.as_of_day - s.last_day as recency_days,
    s.first_day as first_day,
    s.last_day as last_day,
    coalesce(s.purchase_count, cast(0 as bigint)) as purchase_count,
    coalesce(s.total_cents, cast(0 as bigint)) as total_cents,
    -- twice the absolute average, so that the half is an integer when rounding half away from zero
    2 * abs(s.total_cents) + s.purchase_count as doubled_total,
    case when s.purchase_count > 0 then 2 * s.purchase_count end as doubled_count,
    -- a day is cut as it is, or as a hundredth of the customer's rhythm
    cast(case when c.basis = 'rhythm' then 100 else 1 end as bigint) as parts,
    case when c.basis = 'rhythm' then r.rhythm_days else cast(1 as bigint) end as unit
  from everyone as e
  cross join as_of as p
  inner join rfm_cuts as c on c.entity = e.entity
  left join own_rhythms as r on r.entity = e.entity and r.customer_id = e.customer_id
  left join purchase_summary as s on s.entity = e.entity and s.customer_id = e.customer_id
),
scored as (
  select
    f.entity as entity,
    f.customer_id as customer_id,
    f.recency_days as recency_days,
    f.first_day as first_day,
    f.last_day as last_day,
    f.purchase_count as purchase_count,
    f.total_cents as total_cents,
    f.doubled_total - f.doubled_total % f.doubled_count as dividend,
    f.doubled_count as divisor,
    cast(round(
      cast(f.doubled_total - f.doubled_total % f.doubled_count as double)
      / cast(f.doubled_count as double)
    ) as bigint) as quotient,
    cast(case
      when f.purchase_count = 0 then null
      when f.recency_days * f.parts <= c.recency_5 * f.unit then 5
      when f.recency_days * f.parts <= c.recency_4 * f.unit then 4
      when f.recency_days * f.parts <= c.recency_3 * f.unit then 3
      when f.recency_days * f.parts <= c.recency_2 * f.unit then 2
      else 1
    end as bigint) as recency,
    cast(case
      when f.purchase_count = 0 then null
      when f.purchase_count >= c.frequency_5 then 5
      when f.purchase_count >= c.frequency_4 then 4
      when f.purchase_count >= c.frequency_3 then 3
      when f.purchase_count >= c.frequency_2 then 2
      else 1
    end as bigint) as frequency,
    cast(case
      when f.purchase_count = 0 then null
      when f.total_cents >= c.monetary_5 then 5
      when f.total_cents >= c.monetary_4 then 4
      when f.total_cents >= c.monetary_3 then 3
      when f.total_cents >= c.monetary_2 then 2
      else 1
    end as bigint) as monetary
  from facts as f
  inner join rfm_cuts as c on c.entity = f.entity
)
select
  s.entity as entity,
  s.customer_id as customer_id,
  coalesce(g.segment, c.segment) as rfm_segment,
  cast(100 * s.recency + 10 * s.frequency + s.monetary as string) as rfm_score,
  s.recency as rfm_recency,
  s.frequency as rfm_frequency,
  s.monetary as rfm_monetary,
  s.recency_days as recency_days,
  s.first_day as first_day,
  s.last_day as last_day,
  s.purchase_count as purchase_count,
  s.total_cents as total_cents,
  -- the dividend is a multiple of the divisor; from 2^53 on the quotient of doubles is near only,
  -- and what it is off by is a multiple too
  cast(case when s.total_cents < 0 then -1 else 1 end as bigint) * (s.quotient + cast(round(
    cast(s.dividend - s.quotient * s.divisor as double) / cast(s.divisor as double)
  ) as bigint)) as average_cents
from scored as s
left join segment_cells as g on g.recency = s.recency and g.frequency = s.frequency
left join segment_conditions as c on c.condition = 'no_purchase' and s.purchase_count = 0
order by entity, customer_id
