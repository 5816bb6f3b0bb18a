-- reads: lead_states
-- makes: what is known of each lead and target that is open, a row a fact: kind, lead_id, trait (source,
--   campaign, country, industry, talks, clicks or age), level (as text)
select kind, lead_id, trait, level
from (
  select kind, lead_id, 'source' as trait, source as level from lead_states where part = 'now'
  union all
  select kind, lead_id, 'campaign' as trait, campaign as level from lead_states where part = 'now'
  union all
  select kind, lead_id, 'country' as trait, country as level from lead_states where part = 'now'
  union all
  select kind, lead_id, 'industry' as trait, industry as level from lead_states where part = 'now'
  union all
  select kind, lead_id, 'talks' as trait, cast(talks as string) as level from lead_states where part = 'now'
  union all
  select kind, lead_id, 'clicks' as trait, cast(clicks as string) as level from lead_states where part = 'now'
  union all
  select kind, lead_id, 'age' as trait, cast(age as string) as level from lead_states where part = 'now'
) as t
