-- reads: customer_years, profiles
-- makes: completeness of each field: field, filled, customers
with known as (
  select
    cast(count(*) as bigint) as customers,
    sum(p.email) as email,
    sum(p.phone) as phone,
    sum(p.address) as address,
    sum(case when p.lead_source <> '' then 1 else 0 end) as lead_source,
    sum(p.wallet) as wallet,
    sum(case when p.campaign_id <> '' then 1 else 0 end) as campaign
  from customer_years as y
  left join profiles as p on p.customer_id = y.customer_id
),
listed as (
  select 'email' as field, cast(coalesce(email, 0) as bigint) as filled, customers from known
  union all
  select 'phone' as field, cast(coalesce(phone, 0) as bigint) as filled, customers from known
  union all
  select 'address' as field, cast(coalesce(address, 0) as bigint) as filled, customers from known
  union all
  select 'lead_source' as field, cast(coalesce(lead_source, 0) as bigint) as filled, customers
  from known
  union all
  select 'wallet' as field, cast(coalesce(wallet, 0) as bigint) as filled, customers from known
  union all
  select 'campaign' as field, cast(coalesce(campaign, 0) as bigint) as filled, customers from known
)
select field, filled, customers
from listed
order by field
