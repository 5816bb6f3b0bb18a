-- reads: lead_levels, lead_weights
-- makes: what speaks for and against each lead and target that is open, and is scored: kind, lead_id, trait,
--   level, points (millionths of the logarithm of the odds, above or below what is usual)
select l.kind as kind, l.lead_id as lead_id, l.trait as trait, l.level as level, w.points as points
from lead_levels as l
inner join lead_weights as w on w.kind = l.kind and w.trait = l.trait and w.level = l.level
