-- reads: as_of, complaint_facts, complaint_timeline, customers, survey_scores
-- makes: one row per customer: entity, customer_id, complaint_count, complaint_open, last_day
--   (null without a complaint), resolution_tenths (median days to resolution, in tenths),
--   satisfaction (0 to 10000: their answers of the last 365 days)
with complained as (
  select
    f.entity as entity,
    f.customer_id as customer_id,
    t.case_id as case_id,
    t.open as open,
    t.created_day as created_day,
    t.resolved - t.created as minutes
  from (select distinct entity, customer_id, case_id from complaint_facts) as f
  inner join complaint_timeline as t on t.case_id = f.case_id
),
counted as (
  select
    entity,
    customer_id,
    cast(count(*) as bigint) as complaints,
    cast(sum(open) as bigint) as open,
    max(created_day) as last_day
  from complained
  group by entity, customer_id
),
ranked as (
  select
    entity,
    customer_id,
    minutes,
    row_number() over (partition by entity, customer_id order by minutes, case_id) as place,
    count(*) over (partition by entity, customer_id) as n
  from complained
  where minutes is not null
),
medians as (
  select
    entity,
    customer_id,
    sum(minutes) as minutes,
    count(*) as middle
  from ranked
  where 2 * place between n and n + 2
  group by entity, customer_id
),
rated as (
  select s.entity as entity, s.customer_id as customer_id, avg(cast(s.points as double)) as points
  from survey_scores as s
  cross join as_of as a
  where s.day > a.as_of_day - 365
  group by s.entity, s.customer_id
)
select
  c.entity as entity,
  c.customer_id as customer_id,
  coalesce(n.complaints, cast(0 as bigint)) as complaint_count,
  coalesce(n.open, cast(0 as bigint)) as complaint_open,
  n.last_day as last_day,
  cast(floor(
    cast(m.minutes + 72 * m.middle as double) / cast(144 * m.middle as double)
  ) as bigint) as resolution_tenths,
  cast(round(r.points) as bigint) as satisfaction
from (select distinct entity, customer_id from customers) as c
left join counted as n on n.entity = c.entity and n.customer_id = c.customer_id
left join medians as m on m.entity = c.entity and m.customer_id = c.customer_id
left join rated as r on r.entity = c.entity and r.customer_id = c.customer_id
order by entity, customer_id
