-- reads: case_changes, complaint_parameters, complaint_steps, process_complaints
-- makes: one row per complaint and step that it has reached: case_id, step (0 received to 5
--   learnt from), moment (null where the complaint stands there and nothing tells since when)
with known as (
  select case_id, cast(0 as bigint) as step, created as moment from process_complaints
  union all
  select case_id, cast(3 as bigint) as step, first_response as moment
  from process_complaints where first_response is not null
  union all
  select case_id, cast(4 as bigint) as step, resolved as moment
  from process_complaints where resolved is not null
  union all
  select h.case_id as case_id, s.step as step, h.moment as moment
  from case_changes as h
  inner join complaint_steps as s on s.status = h.value_after
  inner join process_complaints as t on t.case_id = h.case_id
  cross join complaint_parameters as a
  where h.field = 'status' and s.step not in (0, 4)
    and h.moment >= t.created and h.moment < a.cutoff
  union all
  select t.case_id as case_id, s.step as step, cast(null as bigint) as moment
  from process_complaints as t
  inner join complaint_steps as s on s.status = t.status
  where s.step not in (0, 4)
)
select case_id, step, min(moment) as moment
from known
group by case_id, step
