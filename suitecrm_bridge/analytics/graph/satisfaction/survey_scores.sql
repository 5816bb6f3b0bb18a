-- reads: survey_points
-- makes: one row per response that can be scored: response_id, entity, customer_id, day, points
--   (0 to 10000: the mean of the happiness questions, without any of all questions but what was
--   expected), promoter, detractor (1 or 0, null where no recommendation was asked)
with summed as (
  select
    response_id,
    entity,
    customer_id,
    max(day) as day,
    sum(case when happiness = 1 then points end) as happy_points,
    count(case when happiness = 1 then points end) as happy,
    sum(points) as all_points,
    count(*) as n,
    max(value) as recommended
  from survey_points
  where role <> 'expectation'
  group by response_id, entity, customer_id
)
select
  response_id,
  entity,
  customer_id,
  day,
  case
    when happy > 0
      then cast(round(cast(happy_points as double) / cast(happy as double)) as bigint)
    else cast(round(cast(all_points as double) / cast(n as double)) as bigint)
  end as points,
  case
    when recommended >= 9 then cast(1 as bigint)
    when recommended is not null then cast(0 as bigint)
  end as promoter,
  case
    when recommended <= 6 then cast(1 as bigint)
    when recommended is not null then cast(0 as bigint)
  end as detractor
from summed
