-- What people wrote, for themes and mentions of competitors; texts are '' where there is none.
-- Very long ones are cut: what a case is about stands at its beginning.

CREATE OR REPLACE TEMP VIEW customer_updates AS
SELECT case_id, string_agg(left(description, 2000), chr(10) ORDER BY date_entered, id) AS text
FROM sound_case_updates
WHERE coalesce(contact_id, '') <> '' AND NOT coalesce(internal, false)
    AND coalesce(description, '') <> ''
GROUP BY case_id;

CREATE OR REPLACE TEMP VIEW case_texts AS
SELECT c.id AS case_id, coalesce(c.name, '') AS subject,
    left(concat_ws(chr(10), left(c.description, 4000), u.text), 6000) AS body
FROM complaints c LEFT JOIN customer_updates u ON u.case_id = c.id;

-- Names that say who and what, not what is wrong.
CREATE OR REPLACE TEMP VIEW name_words AS
SELECT first_name AS word FROM sound_contacts WHERE first_name <> ''
UNION SELECT last_name FROM sound_contacts WHERE last_name <> ''
UNION SELECT name FROM sound_products WHERE name <> ''
UNION SELECT competitor_c FROM sound_cases WHERE competitor_c <> '';

-- Everything in which a competitor may be named, with what people entered as such on cases.
CREATE OR REPLACE TEMP VIEW competitor_texts AS
SELECT 'case' AS source, id AS record_id, id AS case_id, '' AS opportunity_id,
    business_day(date_entered) AS day,
    trim(coalesce(competitor_c, '')) AS field,
    left(concat_ws(chr(10), name, description), 6000) AS text
FROM sound_cases WHERE date_entered IS NOT NULL
UNION ALL
SELECT 'note', id, CASE WHEN parent_type = 'Cases' THEN coalesce(parent_id, '') ELSE '' END,
    CASE WHEN parent_type = 'Opportunities' THEN coalesce(parent_id, '') ELSE '' END,
    business_day(date_entered), '',
    left(concat_ws(chr(10), name, description), 6000)
FROM sound_notes WHERE date_entered IS NOT NULL
UNION ALL
SELECT 'opportunity', id, '', id,
    business_day(date_entered), '',
    left(concat_ws(chr(10), name, description), 6000)
FROM sound_opportunities WHERE date_entered IS NOT NULL;
