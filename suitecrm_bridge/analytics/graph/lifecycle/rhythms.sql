-- reads: customers, lifecycle_parameters, rhythm_base, rhythm_medians
-- makes: one row per customer: entity, customer_id, gaps, rhythm_days
--
-- A rhythm is (n * own median + weight * base) / (n + weight), rounded half up: the quotient of the
-- doubles is exact, since each dividend is a multiple of its divisor.
with everyone as (
  select distinct entity, customer_id from customers
),
weighed as (
  select
    e.entity as entity,
    e.customer_id as customer_id,
    coalesce(m.gaps, cast(0 as bigint)) as gaps,
    2 * (coalesce(m.gaps * m.own_days, cast(0 as bigint)) + a.weight * b.base_days)
      + coalesce(m.gaps, cast(0 as bigint)) + a.weight as total,
    2 * (coalesce(m.gaps, cast(0 as bigint)) + a.weight) as parts
  from everyone as e
  inner join rhythm_base as b on b.entity = e.entity
  cross join lifecycle_parameters as a
  left join rhythm_medians as m on m.entity = e.entity and m.customer_id = e.customer_id
)
select
  entity,
  customer_id,
  gaps,
  cast(cast(total - total % parts as double) / cast(parts as double) as bigint) as rhythm_days
from weighed
