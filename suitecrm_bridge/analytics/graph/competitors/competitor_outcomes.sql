-- reads: competitor_mentions, opportunity_facts
-- makes: one row per competitor and opportunity that names it: competitor, opportunity_id,
--   outcome (won, lost or open), cents
select distinct
  m.competitor as competitor,
  m.opportunity_id as opportunity_id,
  case o.stage when 'Closed Won' then 'won' when 'Closed Lost' then 'lost' else 'open' end
    as outcome,
  o.cents as cents
from competitor_mentions as m
inner join opportunity_facts as o on o.opportunity_id = m.opportunity_id
