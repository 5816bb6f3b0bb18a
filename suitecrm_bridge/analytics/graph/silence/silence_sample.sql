-- reads: silence_eras, silence_parameters, silences
-- makes: silences that had ended before an era, of each era about as many as a fit needs: entity, era,
--   habit, gaps, so_far (as before the silence), gap (its days), watched (days from its beginning to the era),
--   silences (how many share these)
--
-- Which are taken goes by a number made of their own days, so that it is the same on every later day.
with marked as (
  select
    entity,
    habit,
    gaps,
    so_far,
    day,
    next_day,
    abs(
      cast(next_day as bigint) * 7919 + cast(day as bigint) * 104729
      + cast(so_far as bigint) * 1299709 + gaps * 15485863
    ) % 1000003 as mark
  from silences
  where next_day is not null
),
scattered as (
  select entity, habit, gaps, so_far, day, next_day, (mark * mark + 48271 * mark) % 1000003 as mark
  from marked
)
select
  e.entity as entity,
  e.era as era,
  s.habit as habit,
  s.gaps as gaps,
  s.so_far as so_far,
  s.next_day - s.day as gap,
  e.first_day - s.day as watched,
  cast(count(*) as bigint) as silences
from scattered as s
inner join silence_eras as e on e.entity = s.entity and s.next_day < e.first_day
cross join silence_parameters as a
where e.ended >= a.fewest_gaps and s.mark * e.ended < a.sample * 1000003
group by e.entity, e.era, s.habit, s.gaps, s.so_far, s.next_day - s.day, e.first_day - s.day
order by entity, era, habit, gaps, so_far, gap, watched
