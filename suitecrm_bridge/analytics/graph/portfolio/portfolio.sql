-- reads: customer_years, indicator_parameters
-- makes: one row: the counts and sums behind the indicators.
with ranked as (
  select
    cents,
    cast(row_number() over (order by cents desc, customer_id) as bigint) as place,
    cast(count(*) over () as bigint) as n
  from customer_years
  where cents > 0
),
best as (
  select
    coalesce(cast(sum(case when 10 * (place - 1) < n then cents else 0 end) as bigint), 0) as top,
    coalesce(cast(sum(cents) as bigint), 0) as positive
  from ranked
),
counted as (
  select
    cast(count(*) as bigint) as everyone,
    sum(case when y.days > 0 then 1 else 0 end) as active,
    sum(case when y.days_before > 0 then 1 else 0 end) as active_before,
    sum(case when y.days > 0 and y.first_day > a.year_from then 1 else 0 end) as newcomers,
    sum(case when y.days > 0 and y.days_before > 0 then 1 else 0 end) as loyal,
    sum(case
      when y.days > 0 and y.days_before = 0 and y.first_day <= a.year_from then 1 else 0
    end) as won_back,
    sum(case when y.days = 0 and y.days_before > 0 then 1 else 0 end) as lost,
    sum(case when y.days > 1 then 1 else 0 end) as repeaters,
    sum(y.days) as days,
    sum(y.cents) as cents,
    sum(y.cents_before) as cents_before
  from customer_years as y
  cross join indicator_parameters as a
)
select
  c.everyone as everyone,
  cast(coalesce(c.active, 0) as bigint) as active,
  cast(coalesce(c.active_before, 0) as bigint) as active_before,
  cast(coalesce(c.newcomers, 0) as bigint) as newcomers,
  cast(coalesce(c.loyal, 0) as bigint) as loyal,
  cast(coalesce(c.won_back, 0) as bigint) as won_back,
  cast(coalesce(c.lost, 0) as bigint) as lost,
  cast(coalesce(c.repeaters, 0) as bigint) as repeaters,
  cast(coalesce(c.days, 0) as bigint) as days,
  cast(coalesce(c.cents, 0) as bigint) as cents,
  cast(coalesce(c.cents_before, 0) as bigint) as cents_before,
  cast(b.top as bigint) as top_cents,
  cast(b.positive as bigint) as positive_cents
from counted as c
cross join best as b
