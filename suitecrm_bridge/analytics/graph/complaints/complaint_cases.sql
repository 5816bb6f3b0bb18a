-- reads: case_customers_accounts, case_customers_contacts, complaint_parameters,
--   complaint_timeline, complaint_waits, customer_scores_accounts, customer_scores_contacts
-- makes: one row per complaint: case_id, response_tenths, resolution_tenths (business hours in
--   tenths), waited_tenths (the same of waiting for the customer that is over, for what still lasts
--   would change every night; null where not known), breached, segment (of the contact, but of the
--   account where the contact has not bought or is not known; null where neither is known)
with lasting as (
  select w.case_id as case_id, sum(w.passed_to - w.passed_from) as minutes
  from complaint_waits as w
  cross join complaint_parameters as p
  where w.to_minute >= p.cutoff
  group by w.case_id
)
select
  t.case_id as case_id,
  cast(floor(cast(t.response_minutes + 3 as double) / cast(6 as double)) as bigint)
    as response_tenths,
  cast(floor(cast(t.resolution_minutes + 3 as double) / cast(6 as double)) as bigint)
    as resolution_tenths,
  case when t.waiting_known = 1 then
    cast(floor(cast(
      t.waited_minutes - case when t.open = 1 then coalesce(l.minutes, 0) else 0 end + 3
    as double) / cast(6 as double)) as bigint)
  end as waited_tenths,
  t.breached as breached,
  case
    when s.segment = 'prospect' and v.segment <> '' then v.segment
    else coalesce(nullif(s.segment, ''), nullif(v.segment, ''))
  end as segment
from complaint_timeline as t
left join lasting as l on l.case_id = t.case_id
left join case_customers_contacts as k on k.case_id = t.case_id
left join customer_scores_contacts as s on s.customer_id = k.customer_id
left join case_customers_accounts as a on a.case_id = t.case_id
left join customer_scores_accounts as v on v.customer_id = a.customer_id
order by case_id
