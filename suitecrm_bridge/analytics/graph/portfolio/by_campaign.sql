-- reads: as_of, campaign_customers, campaign_facts, campaign_names, customer_years,
--   indicator_parameters, profiles, purchase_days
-- makes: one row per campaign that sent mail in the year or gathered customers: campaign_id,
--   name, targeted, delivered, opened, clicked, opted_out (recipients), reached and converted
--   (customers), gathered (customers), complete (those with e-mail, phone and address)
with answers as (
  select
    f.campaign_id as campaign_id,
    f.target_id as target_id,
    min(case when f.activity = 'targeted' then f.day end) as sent_day,
    max(case when f.activity in ('send error', 'invalid email', 'blocked') then 1 else 0 end)
      as failed,
    max(case when f.activity in ('viewed', 'link') then 1 else 0 end) as opened,
    max(case when f.activity = 'link' then 1 else 0 end) as clicked,
    max(case when f.activity = 'removed' then 1 else 0 end) as opted_out
  from campaign_facts as f
  cross join as_of as a
  where f.day <= a.as_of_day
  group by f.campaign_id, f.target_id
),
sent as (
  select s.campaign_id, s.target_id, s.sent_day, s.failed, s.opened, s.clicked, s.opted_out
  from answers as s
  cross join indicator_parameters as a
  where s.sent_day > a.year_from
),
mail as (
  select
    campaign_id,
    count(*) as targeted,
    sum(case when failed = 0 then 1 else 0 end) as delivered,
    sum(case when failed = 0 then opened else 0 end) as opened,
    sum(case when failed = 0 then clicked else 0 end) as clicked,
    sum(case when failed = 0 then opted_out else 0 end) as opted_out
  from sent
  group by campaign_id
),
reached as (
  select s.campaign_id as campaign_id, t.customer_id as customer_id, min(s.sent_day) as sent_day
  from sent as s
  inner join campaign_customers as t
    on t.campaign_id = s.campaign_id and t.target_id = s.target_id
  where s.failed = 0
  group by s.campaign_id, t.customer_id
),
bought as (
  select distinct r.campaign_id as campaign_id, r.customer_id as customer_id
  from reached as r
  inner join purchase_days as p on p.customer_id = r.customer_id
  cross join indicator_parameters as a
  where p.day >= r.sent_day and p.day <= r.sent_day + a.conversion_days
),
converted as (
  select
    r.campaign_id as campaign_id,
    count(*) as reached,
    count(b.customer_id) as converted
  from reached as r
  left join bought as b on b.campaign_id = r.campaign_id and b.customer_id = r.customer_id
  group by r.campaign_id
),
gathered as (
  select
    p.campaign_id as campaign_id,
    count(*) as gathered,
    sum(case when p.email + p.phone + p.address = 3 then 1 else 0 end) as complete
  from customer_years as y
  inner join profiles as p on p.customer_id = y.customer_id
  where p.campaign_id <> ''
  group by p.campaign_id
),
every_campaign as (
  select campaign_id from mail
  union
  select campaign_id from gathered
)
select
  e.campaign_id as campaign_id,
  coalesce(n.name, '') as name,
  cast(coalesce(m.targeted, 0) as bigint) as targeted,
  cast(coalesce(m.delivered, 0) as bigint) as delivered,
  cast(coalesce(m.opened, 0) as bigint) as opened,
  cast(coalesce(m.clicked, 0) as bigint) as clicked,
  cast(coalesce(m.opted_out, 0) as bigint) as opted_out,
  cast(coalesce(c.reached, 0) as bigint) as reached,
  cast(coalesce(c.converted, 0) as bigint) as converted,
  cast(coalesce(g.gathered, 0) as bigint) as gathered,
  cast(coalesce(g.complete, 0) as bigint) as complete
from every_campaign as e
left join campaign_names as n on n.campaign_id = e.campaign_id
left join mail as m on m.campaign_id = e.campaign_id
left join converted as c on c.campaign_id = e.campaign_id
left join gathered as g on g.campaign_id = e.campaign_id
order by campaign_id
