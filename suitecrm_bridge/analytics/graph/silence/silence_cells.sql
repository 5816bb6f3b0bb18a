-- reads: silence_steps
-- makes: one row per era and history that there is: entity, era, habit, gaps, so_far
select entity, era, habit, gaps, so_far
from silence_steps
group by entity, era, habit, gaps, so_far
order by entity, era, habit, gaps, so_far
