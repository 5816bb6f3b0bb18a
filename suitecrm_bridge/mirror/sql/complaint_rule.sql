-- Which cases are complaints; Facts makes the tables complaint_rule and complaint_words from the
-- catalogue's complaints.toml.

CREATE OR REPLACE TEMP VIEW complaints AS
SELECT c.*
FROM sound_cases c CROSS JOIN complaint_rule r
WHERE c.date_entered IS NOT NULL
    AND CASE r.counts
        WHEN 'all' THEN true
        WHEN 'types' THEN c.type IN (SELECT word FROM complaint_words WHERE kind = 'type')
        ELSE coalesce(c.complaint_c, false)
    END
    AND coalesce(c.status, '') NOT IN (SELECT word FROM complaint_words WHERE kind = 'left_out');
