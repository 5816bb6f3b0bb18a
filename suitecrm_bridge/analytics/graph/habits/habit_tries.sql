-- reads: as_of, habit_parameters, moment_facts, touch_facts
-- makes: one row per customer, question (channel, part or weekday), answer and way: entity,
--   customer_id, question, answer, way ("tried": how often something was tried, and how often they
--   answered; "own": what they did by themselves, and how often it was this answer), tried, answered.
with moments as (
  select
    m.entity as entity,
    m.customer_id as customer_id,
    m.way as way,
    m.channel as channel,
    case
      when m.hour < 6 or m.hour >= 22 then 'night'
      when m.hour < 12 then 'morning'
      when m.hour < 17 then 'afternoon'
      else 'evening'
    end as part,
    case (m.day + 3) % 7
      when 0 then 'monday'
      when 1 then 'tuesday'
      when 2 then 'wednesday'
      when 3 then 'thursday'
      when 4 then 'friday'
      when 5 then 'saturday'
      else 'sunday'
    end as weekday,
    cast(m.answered as bigint) as answered
  from moment_facts as m
  cross join as_of as a
  cross join habit_parameters as p
  where m.day <= a.as_of_day and m.day > a.as_of_day - p.window_days
),
campaigns as (
  select
    t.entity as entity,
    t.customer_id as customer_id,
    t.channel as channel,
    t.campaign_id as campaign_id,
    cast(max(t.responded) as bigint) as answered
  from touch_facts as t
  cross join as_of as a
  cross join habit_parameters as p
  where t.day <= a.as_of_day and t.day > a.as_of_day - p.window_days
  group by t.entity, t.customer_id, t.channel, t.campaign_id
),
each as (
  select entity, customer_id, 'channel' as question, channel as answer, way, answered
  from moments
  where channel <> ''
  union all
  select entity, customer_id, 'part' as question, part as answer, way, answered
  from moments
  union all
  select entity, customer_id, 'weekday' as question, weekday as answer, way, answered
  from moments
  union all
  select entity, customer_id, 'channel' as question, channel as answer, 'tried' as way, answered
  from campaigns
),
counted as (
  select
    entity,
    customer_id,
    question,
    answer,
    way,
    cast(count(*) as bigint) as tried,
    cast(sum(answered) as bigint) as answered
  from each
  group by entity, customer_id, question, answer, way
),
doers as (
  select entity, customer_id, question, cast(sum(tried) as bigint) as tried
  from counted
  where way = 'own'
  group by entity, customer_id, question
),
answers as (
  select distinct entity, question, answer
  from counted
  where way = 'own'
),
tries as (
  select entity, customer_id, question, answer, way, tried, answered
  from counted
  where way = 'tried'
  union all
  select
    d.entity as entity,
    d.customer_id as customer_id,
    d.question as question,
    w.answer as answer,
    'own' as way,
    d.tried as tried,
    coalesce(c.answered, cast(0 as bigint)) as answered
  from doers as d
  inner join answers as w on w.entity = d.entity and w.question = d.question
  left join counted as c
    on c.entity = d.entity and c.customer_id = d.customer_id and c.question = d.question
    and c.answer = w.answer and c.way = 'own'
)
select entity, customer_id, question, answer, way, tried, answered
from tries
