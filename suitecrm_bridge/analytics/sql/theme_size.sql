-- theme_cases -> one row: texts (how many)
select cast(count(*) as bigint) as texts from theme_cases
