-- reads: theme_cases
-- makes: one row: texts (how many)
select cast(count(*) as bigint) as texts from theme_cases
