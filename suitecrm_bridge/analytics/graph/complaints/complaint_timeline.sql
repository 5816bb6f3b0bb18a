-- reads: as_of, business_time, calendar_days, case_facts, complaint_moments,
--   complaint_parameters, complaint_targets
-- makes: complaint_moments with created_day, month_day (first of the month), resolved_day
--   (local), the business minutes of response, resolution and of its age so far (age_minutes),
--   age_days, breached and within (1 or 0; both 0 while nothing is decided), and what the case
--   says.
with targets as (
  select
    c.case_id as case_id,
    coalesce(t.first_response, o.first_response) as first_response,
    coalesce(t.resolution, o.resolution) as resolution
  from case_facts as c
  left join complaint_targets as t on t.priority = c.priority
  inner join complaint_targets as o on o.priority = 'other'
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
    b.local_day as created_day,
    e.local_day as resolved_day,
    r.before + r.open * (m.first_response - r.from_minute)
      - b.before - b.open * (m.created - b.from_minute) as response_minutes,
    e.before + e.open * (m.resolved - e.from_minute)
      - b.before - b.open * (m.created - b.from_minute) as resolution_minutes,
    case when m.open = 1
      then a.cutoff_open - b.before - b.open * (m.created - b.from_minute)
    end as age_minutes,
    case when m.open = 1 then t.as_of_day - b.local_day end as age_days
  from complaint_moments as m
  cross join complaint_parameters as a
  cross join as_of as t
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
