-- reads: as_of, btyd_summary, buying_models, customers, forecasts, spending_models, value_parameters
-- makes: one row per customer: entity, customer_id, frequency, recency, last_day, alive_probability,
--   purchase_probability, expected_purchases, next_day, clv_cents, churn_risk; missing where there
--   is no model.
--
-- The forecasts of BG/NBD and Gamma-Gamma, as `bg_nbd.py` and `gamma_gamma.py` explain them; what
-- takes a hypergeometric function stands in `forecasts`.
with everyone as (
  select distinct entity, customer_id from customers
),
known as (
  select
    e.entity as entity,
    e.customer_id as customer_id,
    s.frequency as frequency,
    s.recency as recency,
    s.last_day as last_day,
    m.r + s.frequency as events,
    m.alpha + s.age as waited,
    m.horizon_days as horizon_days,
    m.low_from as low_from,
    m.high_below as high_below,
    case
      when m.r is null then null
      when s.frequency = 0 then cast(1 as double)
      else cast(1 as double) / cast(1 + exp(least(cast(700 as double),
        ln(cast(m.a as double) / cast(m.b + s.frequency - 1 as double))
        + (m.r + s.frequency) * (ln(m.alpha + s.age) - ln(m.alpha + s.recency))
      )) as double)
    end as alive,
    f.expected as expected,
    f.discounted as discounted,
    case when s.frequency > 0 and s.repeat_cents > 0
      then cast(s.repeat_cents as double) / cast(s.frequency as double)
      else cast(0 as double)
    end as average,
    cast(g.p * s.frequency as double) / cast(g.p * s.frequency + g.q - 1 as double) as own,
    cast(g.v * g.p as double) / cast(g.q - 1 as double) as population_average
  from everyone as e
  left join btyd_summary as s on s.entity = e.entity and s.customer_id = e.customer_id
  left join buying_models as m on m.entity = s.entity
  left join spending_models as g on g.entity = m.entity
  left join forecasts as f
    on f.entity = s.entity and f.frequency = s.frequency and f.age = s.age
),
forecast as (
  select
    k.entity as entity,
    k.customer_id as customer_id,
    k.frequency as frequency,
    k.recency as recency,
    k.last_day as last_day,
    k.alive as alive,
    k.alive * (1 - exp(
      -k.events * ln(1 + cast(k.horizon_days as double) / cast(k.waited as double))
    )) as again,
    k.low_from as low_from,
    k.high_below as high_below,
    k.alive * k.expected as expected,
    least(
      ceil(k.waited * (exp(cast(ln(2) as double) / cast(k.events as double)) - 1)),
      cast(1 + v.farthest_days as double)
    ) as wait,
    k.alive * k.discounted * (k.own * k.average + (1 - k.own) * k.population_average) as worth,
    v.farthest_days as farthest_days,
    v.last_day as latest_day,
    v.most_cents as most_cents,
    a.as_of_day as as_of_day
  from known as k
  cross join value_parameters as v
  cross join as_of as a
)
select
  entity,
  customer_id,
  frequency,
  recency,
  last_day,
  case when frequency > 0 then round(alive, 4) end as alive_probability,
  round(again, 4) as purchase_probability,
  round(expected, 4) as expected_purchases,
  case when alive >= 0.5 and wait <= farthest_days and as_of_day + wait <= latest_day
    then as_of_day + cast(wait as bigint)
  end as next_day,
  case when worth < most_cents then cast(round(worth) as bigint) end as clv_cents,
  case
    when again is null then null
    when again >= low_from then 'low'
    when again < high_below then 'high'
    else 'medium'
  end as churn_risk
from forecast
order by entity, customer_id
