-- reads: lead_states
-- makes: looks that are over, those that are alike together: kind, part, fold, source, campaign, country,
--   industry, talks, clicks, age, looks (how many), won (of those)
select kind, part, fold, source, campaign, country, industry, talks, clicks, age,
  cast(count(*) as bigint) as looks,
  cast(sum(won) as bigint) as won
from lead_states
where part <> 'now'
group by kind, part, fold, source, campaign, country, industry, talks, clicks, age
order by kind, part, fold, source, campaign, country, industry, talks, clicks, age
