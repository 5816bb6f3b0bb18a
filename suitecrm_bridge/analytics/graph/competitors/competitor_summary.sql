-- reads: competitor_mentions, competitor_outcomes, complaint_timeline
-- makes: one row per competitor, the one named most first: competitor; records, cases, notes,
--   opportunities (that name it), complaints (of the cases); first_day, last_day; won, lost,
--   open (opportunities), won_cents, lost_cents, open_cents
with named as (
  select
    m.competitor as competitor,
    cast(count(*) as bigint) as records,
    cast(sum(case when m.source = 'case' then 1 else 0 end) as bigint) as cases,
    cast(sum(case when m.source = 'note' then 1 else 0 end) as bigint) as notes,
    cast(sum(case when m.source = 'opportunity' then 1 else 0 end) as bigint) as opportunities,
    cast(count(distinct t.case_id) as bigint) as complaints,
    min(m.day) as first_day,
    max(m.day) as last_day
  from competitor_mentions as m
  left join complaint_timeline as t on t.case_id = m.case_id
  group by m.competitor
),
decided as (
  select
    competitor,
    cast(sum(case when outcome = 'won' then 1 else 0 end) as bigint) as won,
    cast(sum(case when outcome = 'lost' then 1 else 0 end) as bigint) as lost,
    cast(sum(case when outcome = 'open' then 1 else 0 end) as bigint) as open,
    cast(sum(case when outcome = 'won' then cents else 0 end) as bigint) as won_cents,
    cast(sum(case when outcome = 'lost' then cents else 0 end) as bigint) as lost_cents,
    cast(sum(case when outcome = 'open' then cents else 0 end) as bigint) as open_cents
  from competitor_outcomes
  group by competitor
)
select
  n.competitor as competitor,
  n.records as records,
  n.cases as cases,
  n.notes as notes,
  n.opportunities as opportunities,
  n.complaints as complaints,
  n.first_day as first_day,
  n.last_day as last_day,
  coalesce(d.won, cast(0 as bigint)) as won,
  coalesce(d.lost, cast(0 as bigint)) as lost,
  coalesce(d.open, cast(0 as bigint)) as open,
  coalesce(d.won_cents, cast(0 as bigint)) as won_cents,
  coalesce(d.lost_cents, cast(0 as bigint)) as lost_cents,
  coalesce(d.open_cents, cast(0 as bigint)) as open_cents
from named as n
left join decided as d on d.competitor = n.competitor
order by records desc, competitor
