-- reads: case_answers, case_changes, case_facts, complaint_parameters, complaint_statuses
-- makes: one row per complaint made up to the as-of day: case_id, created, first_response,
--   response_basis, resolved (the closing that lasted), basis, reopened (times), open (1 or 0,
--   as of then). Moments are minutes.
with made as (
  select c.case_id as case_id, c.created as created, c.modified as modified,
    coalesce(t.closed, s.closed, cast(0 as bigint)) as closed
  from case_facts as c
  cross join complaint_parameters as a
  left join complaint_statuses as t on t.field = 'state' and t.word = c.state
  left join complaint_statuses as s on s.field = 'status' and s.word = c.status
  where c.created >= a.earliest and c.created < a.cutoff
),
answered as (
  select
    m.case_id as case_id,
    min(case when w.kind = 'update' then w.moment end) as by_update,
    min(case when w.kind <> 'update' then w.moment end) as by_call
  from made as m
  cross join complaint_parameters as a
  inner join case_answers as w on w.case_id = m.case_id
  where w.moment >= m.created and w.moment < a.cutoff
  group by m.case_id
),
flagged as (
  select h.case_id as case_id, h.moment as moment, h.place as place, h.basis as basis,
    s.closed as closed
  from case_changes as h
  inner join complaint_statuses as s on s.field = h.field and s.word = h.value_after
),
later as (
  select distinct f.case_id as case_id
  from flagged as f
  cross join complaint_parameters as a
  where f.moment >= a.cutoff
),
stepped as (
  select
    f.case_id as case_id,
    f.moment as moment,
    f.basis as basis,
    f.closed as closed,
    coalesce(
      lag(f.closed) over (partition by f.case_id order by f.moment, f.place), cast(0 as bigint)
    ) as closed_before
  from flagged as f
  cross join complaint_parameters as a
  inner join made as m on m.case_id = f.case_id
  where f.moment >= m.created and f.moment < a.cutoff
),
turned as (
  select
    case_id,
    max(basis) as basis,
    max(case when closed = 1 and closed_before = 0 then moment end) as last_closed,
    cast(sum(closed - closed_before) as bigint) as closed,
    cast(sum(case when closed = 0 and closed_before = 1 then 1 else 0 end) as bigint) as reopened
  from stepped
  group by case_id
),
judged as (
  select
    m.case_id as case_id,
    m.created as created,
    m.modified as modified,
    t.basis as basis,
    t.last_closed as last_closed,
    coalesce(t.reopened, cast(0 as bigint)) as reopened,
    coalesce(t.closed, cast(0 as bigint)) as closed_by_change,
    case
      when l.case_id is not null then coalesce(t.closed, cast(0 as bigint))
      when m.closed = 1 and coalesce(t.closed, cast(0 as bigint)) = 0 and m.modified >= a.cutoff
        then cast(0 as bigint)
      else m.closed
    end as closed
  from made as m
  cross join complaint_parameters as a
  left join turned as t on t.case_id = m.case_id
  left join later as l on l.case_id = m.case_id
)
select
  j.case_id as case_id,
  j.created as created,
  case when w.by_call is null or w.by_update <= w.by_call then w.by_update else w.by_call end
    as first_response,
  case
    when w.by_call is null and w.by_update is null then null
    when w.by_call is null or w.by_update <= w.by_call then 'update'
    else 'call'
  end as response_basis,
  case
    when j.closed = 0 then null
    when j.closed_by_change = 1 then j.last_closed
    when j.modified > j.created then j.modified
    else j.created
  end as resolved,
  case
    when j.closed = 0 then null
    when j.closed_by_change = 1 then j.basis
    else 'modified'
  end as basis,
  j.reopened as reopened,
  cast(1 - j.closed as bigint) as open
from judged as j
left join answered as w on w.case_id = j.case_id
