-- customers, purchase_summary, parameters, segment_cells, segment_conditions
-- -> one row per customer with segment, scores and facts.
--
-- A score is floor(5 * (rank - 1) / n) + 1 with the lowest rank for ties: equal customers share it,
-- whatever the order of the rows. It is written as comparisons, since engines disagree on what
-- dividing integers means.
with everyone as (
  select distinct customer_id from customers
),
buyers as (
  select
    s.customer_id as customer_id,
    cast(count(*) over () as bigint) as n,
    5 * cast(rank() over (order by s.last_day) - 1 as bigint) as below_recency,
    5 * cast(rank() over (order by s.purchase_count) - 1 as bigint) as below_frequency,
    5 * cast(rank() over (order by s.total_cents) - 1 as bigint) as below_monetary
  from purchase_summary as s
  inner join everyone as e on e.customer_id = s.customer_id
  where s.purchase_count > 0
),
scored as (
  select
    b.customer_id as customer_id,
    cast(case
      when b.below_recency >= 4 * b.n then 5
      when b.below_recency >= 3 * b.n then 4
      when b.below_recency >= 2 * b.n then 3
      when b.below_recency >= b.n then 2
      else 1
    end as bigint) as recency,
    cast(case
      when b.below_frequency >= 4 * b.n then 5
      when b.below_frequency >= 3 * b.n then 4
      when b.below_frequency >= 2 * b.n then 3
      when b.below_frequency >= b.n then 2
      else 1
    end as bigint) as frequency,
    cast(case
      when b.below_monetary >= 4 * b.n then 5
      when b.below_monetary >= 3 * b.n then 4
      when b.below_monetary >= 2 * b.n then 3
      when b.below_monetary >= b.n then 2
      else 1
    end as bigint) as monetary
  from buyers as b
  cross join parameters as p
  where b.n >= p.min_buyers
),
facts as (
  select
    e.customer_id as customer_id,
    p.as_of_day - s.last_day as recency_days,
    s.first_day as first_day,
    s.last_day as last_day,
    coalesce(s.purchase_count, cast(0 as bigint)) as purchase_count,
    coalesce(s.total_cents, cast(0 as bigint)) as total_cents,
    -- twice the absolute average, so that the half is an integer when rounding half away from zero
    2 * abs(s.total_cents) + s.purchase_count as doubled_total,
    case when s.purchase_count > 0 then 2 * s.purchase_count end as doubled_count
  from everyone as e
  cross join parameters as p
  left join purchase_summary as s on s.customer_id = e.customer_id
),
averages as (
  -- the dividend is an exact multiple of the divisor: the quotient of the doubles is exact
  select
    customer_id,
    cast(case when total_cents < 0 then -1 else 1 end as bigint) * cast(round(
      cast(doubled_total - doubled_total % doubled_count as double)
      / cast(doubled_count as double)
    ) as bigint) as average_cents
  from facts
)
select
  f.customer_id as customer_id,
  coalesce(g.segment, c.segment) as rfm_segment,
  cast(100 * r.recency + 10 * r.frequency + r.monetary as string) as rfm_score,
  r.recency as rfm_recency,
  r.frequency as rfm_frequency,
  r.monetary as rfm_monetary,
  f.recency_days as recency_days,
  f.first_day as first_day,
  f.last_day as last_day,
  f.purchase_count as purchase_count,
  f.total_cents as total_cents,
  a.average_cents as average_cents
from facts as f
inner join averages as a on a.customer_id = f.customer_id
left join scored as r on r.customer_id = f.customer_id
left join segment_cells as g on g.recency = r.recency and g.frequency = r.frequency
left join segment_conditions as c
  on c.condition = case when f.purchase_count > 0 then 'too_few_buyers' else 'no_purchase' end
order by customer_id
