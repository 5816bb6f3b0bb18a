-- reads: lead_facts, lead_looks, lead_touches
-- makes: the same with what was known on the day, each a word or number that models go by: kind, lead_id,
--   look_day, part, won, fold (0 or 1, by the day of entry), source, campaign, country, industry, talks
--   (calls and meetings held, 3 standing for more), clicks (links followed, 2 standing for more), age
with touched as (
  select l.kind as kind, l.lead_id as lead_id, l.look_day as look_day, l.part as part,
    sum(t.talked) as talks,
    sum(1 - t.talked) as clicks
  from lead_looks as l
  inner join lead_touches as t on t.kind = l.kind and t.lead_id = l.lead_id
  where t.day <= l.look_day
  group by l.kind, l.lead_id, l.look_day, l.part
)
select
  l.kind as kind,
  l.lead_id as lead_id,
  l.look_day as look_day,
  l.part as part,
  l.won as won,
  cast(l.day % 2 as bigint) as fold,
  f.source as source,
  f.campaign as campaign,
  f.country as country,
  f.industry as industry,
  cast(least(coalesce(t.talks, 0), 3) as bigint) as talks,
  cast(least(coalesce(t.clicks, 0), 2) as bigint) as clicks,
  l.age as age
from lead_looks as l
inner join lead_facts as f on f.kind = l.kind and f.lead_id = l.lead_id
left join touched as t
  on t.kind = l.kind and t.lead_id = l.lead_id and t.look_day = l.look_day and t.part = l.part
