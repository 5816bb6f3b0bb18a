-- reads: as_of, business_time, calendar_days, case_facts, case_statuses, complaint_moments,
--   complaint_parameters, complaint_targets, complaint_waits
-- makes: complaint_moments with created_day, month_day (first of the month), resolved_day
--   (local), the business minutes of response, resolution and of its age so far (age_minutes),
--   all without those spent waiting for the customer; waited_minutes (the business minutes left
--   out, until it was resolved or so far), waited_clock (all minutes of the same waiting),
--   waiting_known (1 where its statuses are known from the beginning, else 0), age_days, breached
--   and within (1 or 0; both 0 while nothing is decided), and what the case says.
with targets as (
  select
    c.case_id as case_id,
    coalesce(t.first_response, o.first_response) as first_response,
    coalesce(t.resolution, o.resolution) as resolution
  from case_facts as c
  left join complaint_targets as t on t.priority = c.priority
  inner join complaint_targets as o on o.priority = 'other'
),
passed as (
  select
    m.case_id as case_id,
    coalesce(m.resolved, a.cutoff) as ended,
    b.local_day as created_day,
    e.local_day as resolved_day,
    b.before + b.open * (m.created - b.from_minute) as at_creation,
    r.before + r.open * (m.first_response - r.from_minute) as at_response,
    coalesce(e.before + e.open * (m.resolved - e.from_minute), a.cutoff_open) as at_end
  from complaint_moments as m
  cross join complaint_parameters as a
  inner join business_time as b
    on b.utc_day = cast(floor(cast(m.created as double) / cast(1440 as double)) as bigint)
    and m.created >= b.from_minute and m.created < b.to_minute
  left join business_time as r
    on r.utc_day = cast(floor(cast(m.first_response as double) / cast(1440 as double)) as bigint)
    and m.first_response >= r.from_minute and m.first_response < r.to_minute
  left join business_time as e
    on e.utc_day = cast(floor(cast(m.resolved as double) / cast(1440 as double)) as bigint)
    and m.resolved >= e.from_minute and m.resolved < e.to_minute
),
waited as (
  select
    p.case_id as case_id,
    cast(sum(case when w.passed_from < p.at_response
      then least(w.passed_to, p.at_response) - w.passed_from else 0 end) as bigint)
      as till_response,
    cast(sum(case when w.passed_from < p.at_end
      then least(w.passed_to, p.at_end) - w.passed_from else 0 end) as bigint) as till_end,
    cast(sum(case when w.from_minute < p.ended
      then least(w.to_minute, p.ended) - w.from_minute else 0 end) as bigint) as clock
  from passed as p
  inner join complaint_waits as w on w.case_id = p.case_id
  group by p.case_id
),
known as (
  select case_id, min(moment) as since from case_statuses group by case_id
),
timed as (
  select
    m.case_id as case_id,
    m.created as created,
    m.first_response as first_response,
    m.response_basis as response_basis,
    m.resolved as resolved,
    m.basis as basis,
    m.reopened as reopened,
    m.open as open,
    p.created_day as created_day,
    p.resolved_day as resolved_day,
    p.at_response - p.at_creation - coalesce(w.till_response, cast(0 as bigint))
      as response_minutes,
    case when m.open = 0
      then p.at_end - p.at_creation - coalesce(w.till_end, cast(0 as bigint))
    end as resolution_minutes,
    case when m.open = 1
      then p.at_end - p.at_creation - coalesce(w.till_end, cast(0 as bigint))
    end as age_minutes,
    case when m.open = 1 then t.as_of_day - p.created_day end as age_days,
    coalesce(w.till_end, cast(0 as bigint)) as waited_minutes,
    coalesce(w.clock, cast(0 as bigint)) as waited_clock,
    case when k.since <= m.created then cast(1 as bigint) else cast(0 as bigint) end
      as waiting_known
  from complaint_moments as m
  cross join as_of as t
  inner join passed as p on p.case_id = m.case_id
  left join waited as w on w.case_id = m.case_id
  left join known as k on k.case_id = m.case_id
),
judged as (
  select
    t.case_id as case_id,
    case
      when coalesce(t.response_minutes, t.resolution_minutes, t.age_minutes) > g.first_response
        or coalesce(t.resolution_minutes, t.age_minutes) > g.resolution
      then cast(1 as bigint) else cast(0 as bigint)
    end as breached
  from timed as t
  inner join targets as g on g.case_id = t.case_id
)
select
  t.case_id as case_id,
  t.created as created,
  t.first_response as first_response,
  t.response_basis as response_basis,
  t.resolved as resolved,
  t.basis as basis,
  t.reopened as reopened,
  t.open as open,
  t.created_day as created_day,
  d.month_day as month_day,
  t.resolved_day as resolved_day,
  t.response_minutes as response_minutes,
  t.resolution_minutes as resolution_minutes,
  t.age_minutes as age_minutes,
  t.waited_minutes as waited_minutes,
  t.waited_clock as waited_clock,
  t.waiting_known as waiting_known,
  t.age_days as age_days,
  j.breached as breached,
  case when t.open = 0 and j.breached = 0 then cast(1 as bigint) else cast(0 as bigint) end
    as within,
  c.status as status,
  c.priority as priority,
  c.type as type,
  c.product as product,
  c.cause as cause,
  c.channel as channel,
  c.owner as owner
from timed as t
inner join judged as j on j.case_id = t.case_id
inner join case_facts as c on c.case_id = t.case_id
inner join calendar_days as d on d.day = t.created_day
