-- reads: as_of, complaint_facts, complaint_parameters, complaint_timeline, customers,
--   serious_words, survey_scores
-- makes: one row per customer: entity, customer_id, complaint_count, complaint_open,
--   complaint_serious (of those open), last_day (null without a complaint), resolution_tenths (median days to resolution without
--   waiting for them, in tenths),
--   satisfaction (0 to 10000: their answers of the last 365 days)
with complained as (
  select
    f.entity as entity,
    f.customer_id as customer_id,
    t.case_id as case_id,
    t.open as open,
    case
      when t.open = 1 and (
        w.word is not null or x.word is not null
        or (a.serious_late = 1 and t.breached = 1) or (a.serious_reopened = 1 and t.reopened > 0)
      ) then 1 else 0
    end as serious,
    t.created_day as created_day,
    t.resolved - t.created - t.waited_clock as minutes
  from (select distinct entity, customer_id, case_id from complaint_facts) as f
  inner join complaint_timeline as t on t.case_id = f.case_id
  cross join complaint_parameters as a
  left join serious_words as w on w.name = 'priority' and w.word = t.priority
  left join serious_words as x on x.name = 'cause' and x.word = t.cause
),
counted as (
  select
    entity,
    customer_id,
    cast(count(*) as bigint) as complaints,
    cast(sum(open) as bigint) as open,
    cast(sum(serious) as bigint) as serious,
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
  coalesce(n.serious, cast(0 as bigint)) as complaint_serious,
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
