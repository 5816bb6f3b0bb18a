-- reads: customers, engagement_signals
-- makes: one row per customer: entity, customer_id, engagement (0 to 100, the sum of the points)
with everyone as (
  select distinct entity, customer_id from customers
),
scored as (
  select entity, customer_id, cast(sum(points) as bigint) as engagement
  from engagement_signals
  group by entity, customer_id
)
select
  e.entity as entity,
  e.customer_id as customer_id,
  coalesce(s.engagement, cast(0 as bigint)) as engagement
from everyone as e
left join scored as s on s.entity = e.entity and s.customer_id = e.customer_id
