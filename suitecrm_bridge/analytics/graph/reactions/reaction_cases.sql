-- reads: business_time, case_customers_accounts, case_customers_contacts, complaint_targets,
--   complaint_timeline, complaint_waits, reaction_customers, reaction_parameters
-- makes: one row per open complaint made since the earliest moment: case_id, created,
--   created_day, priority, owner, entity and customer_id (the contact, or the account where only
--   that has ever bought or there is no contact; null where neither), and unanswered (the first
--   minute past the target of the first response, which waiting for the customer
--   moves; null where answered, or not yet)
with open_ones as (
  select
    t.case_id as case_id,
    t.created as created,
    t.created_day as created_day,
    t.priority as priority,
    t.owner as owner,
    t.first_response as first_response,
    b.before + b.open * (t.created - b.from_minute) + coalesce(g.first_response, o.first_response)
      as allowed
  from complaint_timeline as t
  cross join reaction_parameters as a
  inner join business_time as b
    on b.utc_day = cast(floor(cast(t.created as double) / cast(1440 as double)) as bigint)
    and t.created >= b.from_minute and t.created < b.to_minute
  left join complaint_targets as g on g.priority = t.priority
  inner join complaint_targets as o on o.priority = 'other'
  where t.open = 1 and t.created >= a.earliest
),
-- A wait that begins before the target is over moves it by its whole length, and then the next one may.
waits as (
  select
    c.case_id as case_id,
    w.passed_from as passed_from,
    w.passed_to - w.passed_from as minutes,
    c.allowed + sum(w.passed_to - w.passed_from) over (
      partition by c.case_id order by w.from_minute
    ) - (w.passed_to - w.passed_from) as allowed_by_then
  from open_ones as c
  inner join complaint_waits as w on w.case_id = c.case_id
),
moved as (
  select case_id, cast(sum(minutes) as bigint) as minutes
  from waits
  where passed_from <= allowed_by_then
  group by case_id
),
due as (
  select
    c.case_id as case_id,
    c.first_response as first_response,
    c.allowed + coalesce(m.minutes, cast(0 as bigint)) as allowed
  from open_ones as c
  left join moved as m on m.case_id = c.case_id
),
overdue as (
  select c.case_id as case_id, min(b.from_minute + c.allowed - b.before + 1) as unanswered
  from due as c
  cross join reaction_parameters as a
  inner join business_time as b
    on b.open = 1 and b.to_minute > a.earliest
    and b.before <= c.allowed and c.allowed < b.before + b.to_minute - b.from_minute
  where c.first_response is null
  group by c.case_id
),
named as (
  select
    c.case_id as case_id,
    k.customer_id as contact_id,
    v.customer_id as account_id,
    coalesce(s.purchases, cast(0 as bigint)) as by_contact,
    coalesce(w.purchases, cast(0 as bigint)) as by_account
  from open_ones as c
  left join case_customers_contacts as k on k.case_id = c.case_id
  left join case_customers_accounts as v on v.case_id = c.case_id
  left join reaction_customers as s on s.entity = 'contacts' and s.customer_id = k.customer_id
  left join reaction_customers as w on w.entity = 'accounts' and w.customer_id = v.customer_id
),
chosen as (
  select
    case_id,
    case
      when contact_id is null and account_id is null then null
      when contact_id is null or (account_id is not null and by_contact = 0 and by_account > 0)
        then 'accounts'
      else 'contacts'
    end as entity,
    contact_id,
    account_id
  from named
)
select
  c.case_id as case_id,
  c.created as created,
  c.created_day as created_day,
  c.priority as priority,
  c.owner as owner,
  h.entity as entity,
  case when h.entity = 'accounts' then h.account_id else h.contact_id end as customer_id,
  h.contact_id as contact_id,
  d.unanswered as unanswered
from open_ones as c
inner join chosen as h on h.case_id = c.case_id
left join overdue as d on d.case_id = c.case_id
