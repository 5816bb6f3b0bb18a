-- reads: rfm_parameters, rfm_sizes, rfm_thresholds
-- makes: one row per kind of customer: entity, basis, and the bounds of the scores 2 to 5: those
--   that are given, or else those that cut the buyers into fifths; the thresholds where the
--   buyers are too few. Where fifths would not tell the buyers apart, recency is cut in hundredths
--   of the customer's own rhythm (basis 'rhythm'), the other two by the thresholds.
--
-- Fifths tell nothing where fewer than margin in a hundred are silent for longer than their own
-- rhythm, for then the last fifth is not even due; where all but margin in a hundred at either end
-- bought equally long ago; or where those in between bought about equally often (less than half as
-- often again).
--
-- The score of a value is floor(5 * (rank - 1) / n) + 1 with the lowest rank for ties: equal
-- customers share it, whatever the order of the rows. It rises with the value, so that the least
-- value with a score is its bound; a score that nobody has begins with the next better one, or
-- above everyone. Written as comparisons, since engines disagree on what dividing integers means.
--
-- There may be as many totals as customers, and to add them up in order takes them to one place. So
-- they are added up in blocks as wide as the root of what they hold, and the blocks besides:
-- neither are ever more than a few times the root of the highest total.
with blocks as (
  select
    entity,
    axis,
    value,
    size,
    cast(case when value < 0 then -1 else 1 end as bigint)
      * cast(floor(sqrt(cast(abs(value) as double))) as bigint) as block
  from rfm_sizes
  where axis <> 'overdue'
),
block_sizes as (
  select entity, axis, block, cast(sum(size) as bigint) as size
  from blocks
  group by entity, axis, block
),
block_places as (
  select
    entity,
    axis,
    block,
    cast(sum(size) over (partition by entity, axis order by block) as bigint) - size as below,
    cast(sum(size) over (partition by entity, axis) as bigint) as n
  from block_sizes
),
placed as (
  select
    b.entity as entity,
    b.axis as axis,
    b.value as value,
    b.size as size,
    p.below + cast(
      sum(b.size) over (partition by b.entity, b.axis, b.block order by b.value) as bigint
    ) as up_to,
    p.n as n
  from blocks as b
  inner join block_places as p on p.entity = b.entity and p.axis = b.axis and p.block = b.block
),
ranked as (
  select entity, axis, value, 5 * (up_to - size) as below, up_to, n
  from placed
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
late as (
  select entity, cast(sum(size) as bigint) as overdue
  from rfm_sizes
  where axis = 'overdue' and value = 1
  group by entity
),
spreads as (
  select
    k.entity as entity,
    t.margin as margin,
    min(case when k.axis = 'recency' and 100 * k.up_to >= t.margin * k.n then k.value end)
      as recency_low,
    min(case when k.axis = 'recency' and 100 * k.up_to >= (100 - t.margin) * k.n then k.value end)
      as recency_high,
    min(case when k.axis = 'frequency' and 100 * k.up_to >= t.margin * k.n then k.value end)
      as frequency_low,
    min(case
      when k.axis = 'frequency' and 100 * k.up_to >= (100 - t.margin) * k.n then k.value
    end) as frequency_high,
    max(k.n) as n
  from ranked as k
  inner join rfm_thresholds as t on t.entity = k.entity
  group by k.entity, t.margin
),
alike as (
  select
    s.entity as entity,
    case
      when 100 * coalesce(l.overdue, cast(0 as bigint)) < s.margin * s.n then 1
      when s.recency_low = s.recency_high then 1
      when 2 * s.frequency_high < 3 * s.frequency_low then 1
      else 0
    end as alike
  from spreads as s
  left join late as l on l.entity = s.entity
),
judged as (
  select
    t.entity as entity,
    case
      when t.fixed = 1 then 'given'
      when f.n is null or f.n < p.min_buyers then 'too_few'
      when t.checked = 1 and a.alike = 1 then 'rhythm'
      else 'fifths'
    end as found
  from rfm_thresholds as t
  cross join rfm_parameters as p
  left join fifths as f on f.entity = t.entity
  left join alike as a on a.entity = t.entity
)
select
  t.entity as entity,
  case when j.found = 'given' then t.basis else j.found end as basis,
  case j.found
    when 'fifths' then f.recency_2 when 'rhythm' then t.rhythm_2 else t.recency_2
  end as recency_2,
  case j.found
    when 'fifths' then f.recency_3 when 'rhythm' then t.rhythm_3 else t.recency_3
  end as recency_3,
  case j.found
    when 'fifths' then f.recency_4 when 'rhythm' then t.rhythm_4 else t.recency_4
  end as recency_4,
  case j.found
    when 'fifths' then f.recency_5 when 'rhythm' then t.rhythm_5 else t.recency_5
  end as recency_5,
  case when j.found = 'fifths' then f.frequency_2 else t.frequency_2 end as frequency_2,
  case when j.found = 'fifths' then f.frequency_3 else t.frequency_3 end as frequency_3,
  case when j.found = 'fifths' then f.frequency_4 else t.frequency_4 end as frequency_4,
  case when j.found = 'fifths' then f.frequency_5 else t.frequency_5 end as frequency_5,
  case when j.found = 'fifths' then f.monetary_2 else t.monetary_2 end as monetary_2,
  case when j.found = 'fifths' then f.monetary_3 else t.monetary_3 end as monetary_3,
  case when j.found = 'fifths' then f.monetary_4 else t.monetary_4 end as monetary_4,
  case when j.found = 'fifths' then f.monetary_5 else t.monetary_5 end as monetary_5
from rfm_thresholds as t
inner join judged as j on j.entity = t.entity
left join fifths as f on f.entity = t.entity
