-- reads: campaign_costs, lead_facts, lead_wins, referred_sources
-- makes: the leads by where they came from, each in several groups: by_what (source, campaign or origin),
--   name (a lead source, the id of a campaign; competitor, referred or new), lead_id, day, entity,
--   customer_id, won_day (null where they are no new customer), cost_cents (their share of what their
--   campaign cost, null where that is not known)
with sharing as (
  select f.campaign as campaign, count(*) as leads
  from lead_facts as f
  where f.kind = 'leads' and f.campaign <> ''
  group by f.campaign
),
known as (
  select
    w.lead_id as lead_id,
    w.day as day,
    w.entity as entity,
    w.customer_id as customer_id,
    case when w.before = 0 then w.won_day end as won_day,
    f.source as source,
    f.campaign as campaign,
    case when f.rival = 1 then 'competitor' when r.source is not null then 'referred' else 'new' end
      as origin,
    cast(round(cast(c.cost_cents as double) / cast(s.leads as double)) as bigint) as cost_cents
  from lead_wins as w
  inner join lead_facts as f on f.kind = w.kind and f.lead_id = w.lead_id
  left join referred_sources as r on r.source = f.source
  left join sharing as s on s.campaign = f.campaign
  left join campaign_costs as c on c.campaign = f.campaign
  where w.kind = 'leads'
),
listed as (
  select 'source' as by_what, source as name, lead_id, day, entity, customer_id, won_day, cost_cents
  from known
  union all
  select 'campaign' as by_what, campaign as name, lead_id, day, entity, customer_id, won_day, cost_cents
  from known
  where campaign <> ''
  union all
  select 'origin' as by_what, origin as name, lead_id, day, entity, customer_id, won_day, cost_cents
  from known
)
select by_what, name, lead_id, day, entity, customer_id, won_day, cost_cents
from listed
