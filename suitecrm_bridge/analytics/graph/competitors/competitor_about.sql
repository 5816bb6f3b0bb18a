-- reads: competitor_mentions, competitor_themes, complaint_timeline
-- makes: what the complaints that name a competitor are about: competitor, dimension (product,
--   cause or theme), value, number
with named as (
  select distinct m.competitor as competitor, m.case_id as case_id
  from competitor_mentions as m
  where m.case_id <> ''
),
about as (
  select n.competitor as competitor, 'product' as dimension, t.product as value
  from named as n inner join complaint_timeline as t on t.case_id = n.case_id
  union all
  select n.competitor as competitor, 'cause' as dimension, t.cause as value
  from named as n inner join complaint_timeline as t on t.case_id = n.case_id
  union all
  select n.competitor as competitor, 'theme' as dimension, h.theme as value
  from named as n inner join competitor_themes as h on h.case_id = n.case_id
)
select competitor, dimension, value, cast(count(*) as bigint) as number
from about
where value <> ''
group by competitor, dimension, value
order by competitor, dimension, number desc, value
