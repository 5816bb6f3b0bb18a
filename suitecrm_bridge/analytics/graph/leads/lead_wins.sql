-- reads: as_of, lead_facts, purchase_days
-- makes: one row per lead or target that figures may be made of: kind, lead_id, day (of entry), entity and
--   customer_id ('' where nobody bought), won_day (of the first purchase, null where there is none),
--   before (1 where they, or their company, had bought before they were entered, else 0)
--
-- Who became a contact and bought is a customer; else it is the company that bought. A company that bought
-- before makes no new customer of the people who come from it.
with buyers as (
  select kind, lead_id, 'contacts' as entity, contact_id as customer_id
  from lead_facts
  where contact_id <> ''
  union all
  select kind, lead_id, 'accounts' as entity, account_id as customer_id
  from lead_facts
  where account_id <> ''
),
bought as (
  select b.kind as kind, b.lead_id as lead_id,
    min(p.day) as first_day,
    max(case when b.entity = 'contacts' then b.customer_id end) as contact_id,
    max(b.customer_id) as customer_id
  from buyers as b
  inner join purchase_days as p on p.entity = b.entity and p.customer_id = b.customer_id
  group by b.kind, b.lead_id
)
select
  f.kind as kind,
  f.lead_id as lead_id,
  f.day as day,
  case when b.contact_id is not null then 'contacts' when b.customer_id is not null then 'accounts'
    else '' end as entity,
  coalesce(b.contact_id, b.customer_id, '') as customer_id,
  b.first_day as won_day,
  cast(case when b.first_day < f.day then 1 else 0 end as bigint) as before
from lead_facts as f
left join bought as b on b.kind = f.kind and b.lead_id = f.lead_id
cross join as_of as a
where f.silent = 0 and f.day <= a.as_of_day
