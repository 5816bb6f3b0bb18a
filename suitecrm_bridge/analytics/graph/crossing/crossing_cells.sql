-- reads: crossing_cases
-- makes: one row per cell that has a complaint: cell (a number from 1) and its dimensions
with cells as (
  select distinct
    product, country, region, segment, lifecycle, account_type, industry, month_day,
    channel, cause, owner, priority, type, theme
  from crossing_cases
)
select
  cast(row_number() over (
    order by
      product, country, region, segment, lifecycle, account_type, industry, month_day,
      channel, cause, owner, priority, type, theme
  ) as bigint) as cell,
  product, country, region, segment, lifecycle, account_type, industry, month_day,
  channel, cause, owner, priority, type, theme
from cells
