-- Canonical facts about what customers bring and cost, in the units of facts.sql. "Reached" by a
-- campaign means that SuiteCRM logged them as targeted.

-- Where a line's amounts were set apart, the invoice is worth what it is, and its lines tell nothing.
CREATE OR REPLACE TEMP VIEW invoice_line_sums AS
SELECT parent_id AS invoice_id,
    count(*) AS lines,
    CAST(round(100 * sum(coalesce(product_total_price_usdollar, 0))) AS BIGINT) AS lines_cents,
    CAST(round(100 * sum(
        CASE WHEN product_cost_price_usdollar > 0 THEN coalesce(product_total_price_usdollar, 0)
        ELSE 0 END
    )) AS BIGINT) AS known_cents,
    CAST(round(100 * sum(
        CASE WHEN product_cost_price_usdollar > 0
            THEN product_cost_price_usdollar * coalesce(product_qty, 1)
        ELSE 0 END
    )) AS BIGINT) AS cost_cents,
    CAST(round(100 * sum(
        coalesce(product_list_price_usdollar, 0) * coalesce(product_qty, 1)
    )) AS BIGINT) AS list_cents
FROM sound_invoice_lines
WHERE parent_type = 'AOS_Invoices' AND parent_id IS NOT NULL
GROUP BY parent_id
HAVING NOT bool_or(amounts_set_apart);

-- Tax and shipping are no margin.
CREATE OR REPLACE TEMP VIEW invoice_costs AS
SELECT b.id AS invoice_id,
    b.net_cents,
    coalesce(l.lines, 0) AS lines,
    coalesce(l.lines_cents, 0) AS lines_cents,
    coalesce(l.known_cents, 0) AS known_cents,
    coalesce(l.cost_cents, 0) AS cost_cents
FROM invoices_in_base b
LEFT JOIN invoice_line_sums l ON l.invoice_id = b.id
WHERE b.net_cents IS NOT NULL;

CREATE OR REPLACE TEMP VIEW invoice_terms AS
SELECT i.id AS invoice_id,
    CASE WHEN i.status IN ('Unpaid', 'Overdue') THEN 1 ELSE 0 END AS unpaid,
    date_diff('day', DATE '1970-01-01', i.due_date) AS due_day,
    coalesce(l.list_cents, 0) AS list_cents,
    coalesce(l.lines_cents, 0) AS sold_cents
FROM sound_invoices i LEFT JOIN invoice_line_sums l ON l.invoice_id = i.id;

-- What an invoice has beside its lines: what they would cost by the list (0 where nobody knows), and shipping in
-- the base currency, converted as the total was.
CREATE OR REPLACE TEMP VIEW invoice_extras AS
SELECT i.id AS invoice_id, t.list_cents, t.sold_cents,
    CASE WHEN coalesce(i.shipping_amount, 0) = 0 OR coalesce(i.total_amount, 0) = 0 OR b.gross_cents IS NULL THEN 0
        ELSE CAST(round(CAST(b.gross_cents AS DOUBLE) * CAST(i.shipping_amount AS DOUBLE)
            / CAST(i.total_amount AS DOUBLE)) AS BIGINT) END AS shipping_cents
FROM sound_invoices i
JOIN invoice_terms t ON t.invoice_id = i.id
JOIN invoices_in_base b ON b.id = i.id;

CREATE OR REPLACE TEMP VIEW overdue_facts AS
SELECT t.invoice_id, t.due_day, b.gross_cents AS owed_cents
FROM invoice_terms t JOIN invoices_in_base b ON b.id = t.invoice_id
WHERE t.unpaid = 1 AND t.due_day IS NOT NULL AND b.gross_cents IS NOT NULL;

CREATE OR REPLACE TEMP VIEW cases_of_contacts AS
SELECT case_id, contact_id AS customer_id FROM contacts_cases
UNION
SELECT c.id, c.contact_created_by_id FROM sound_cases c WHERE c.contact_created_by_id IS NOT NULL;

CREATE OR REPLACE TEMP VIEW cases_of_accounts AS
SELECT id AS case_id, account_id AS customer_id FROM sound_cases WHERE account_id IS NOT NULL;

CREATE OR REPLACE TEMP VIEW accounts_of_contacts AS
SELECT contact_id, min(account_id) AS account_id FROM accounts_contacts GROUP BY contact_id;

CREATE OR REPLACE TEMP VIEW held_activities AS
SELECT id, 'call' AS kind, parent_type, parent_id, business_day(date_start) AS day,
    60 * coalesce(duration_hours, 0) + coalesce(duration_minutes, 0) AS minutes
FROM sound_calls WHERE status = 'Held' AND date_start IS NOT NULL
UNION ALL
SELECT id, 'meeting', parent_type, parent_id, business_day(date_start),
    60 * coalesce(duration_hours, 0) + coalesce(duration_minutes, 0)
FROM sound_meetings WHERE status = 'Held' AND date_start IS NOT NULL;

-- SuiteCRM keeps no day on which a task was done: it was at the latest when it was last changed. One
-- about a case is about nothing else, though a contact stands on it.
CREATE OR REPLACE TEMP VIEW done_tasks AS
SELECT CASE WHEN coalesce(parent_id, '') <> '' THEN parent_type ELSE 'Contacts' END AS parent_type,
    CASE WHEN coalesce(parent_id, '') <> '' THEN parent_id ELSE contact_id END AS parent_id,
    business_day(date_modified) AS day
FROM sound_tasks WHERE status = 'Completed' AND date_modified IS NOT NULL
UNION
SELECT 'Contacts', contact_id, business_day(date_modified)
FROM sound_tasks
WHERE status = 'Completed' AND date_modified IS NOT NULL AND coalesce(contact_id, '') <> ''
    AND coalesce(parent_type, '') <> 'Cases';

CREATE OR REPLACE TEMP VIEW parents_of_contacts AS
SELECT 'Contacts' AS parent_type, id AS parent_id, id AS customer_id FROM sound_contacts
UNION SELECT 'Cases', case_id, customer_id FROM cases_of_contacts
UNION SELECT 'Opportunities', opportunity_id, contact_id FROM opportunities_contacts;

CREATE OR REPLACE TEMP VIEW parents_of_accounts AS
SELECT 'Accounts' AS parent_type, id AS parent_id, id AS customer_id FROM sound_accounts
UNION SELECT 'Contacts', contact_id, account_id FROM accounts_of_contacts
UNION SELECT 'Cases', case_id, customer_id FROM cases_of_accounts
UNION SELECT 'Opportunities', id, account_id FROM sound_opportunities WHERE account_id IS NOT NULL;

CREATE OR REPLACE TEMP VIEW group_facts_contacts AS
SELECT 'contacts' AS entity, c.id AS customer_id, CASE WHEN a.industry <> '' THEN 'industry ' || a.industry
    ELSE 'source ' || c.lead_source END AS group_key
FROM sound_contacts c
LEFT JOIN accounts_of_contacts l ON l.contact_id = c.id
LEFT JOIN sound_accounts a ON a.id = l.account_id
WHERE a.industry <> '' OR c.lead_source <> '';

CREATE OR REPLACE TEMP VIEW group_facts_accounts AS
SELECT 'accounts' AS entity, id AS customer_id, CASE WHEN industry <> '' THEN 'industry ' || industry
    ELSE 'type ' || account_type END AS group_key
FROM sound_accounts WHERE industry <> '' OR account_type <> '';

-- Over which channel a campaign speaks; one of a kind that nobody chose is taken to be of e-mail, for which
-- SuiteCRM keeps the log.
CREATE OR REPLACE TEMP VIEW campaign_channels AS
SELECT id AS campaign_id, CASE campaign_type WHEN 'Telesales' THEN 'phone'
    WHEN 'Mail' THEN 'post' WHEN 'Print' THEN 'post' ELSE 'email' END AS channel
FROM sound_campaigns;

CREATE OR REPLACE TEMP VIEW touches AS
SELECT l.target_type, l.target_id, l.campaign_id, l.activity_date, l.activity_type AS activity,
    business_day(l.activity_date) AS day,
    CASE WHEN l.activity_type IN ('viewed', 'link', 'contact', 'lead') THEN 1 ELSE 0 END AS responded,
    coalesce(c.channel, 'email') AS channel
FROM sound_campaign_log l LEFT JOIN campaign_channels c ON c.campaign_id = l.campaign_id
WHERE l.campaign_id IS NOT NULL AND l.target_id IS NOT NULL AND l.activity_date IS NOT NULL
    AND l.activity_type IN ('targeted', 'viewed', 'link', 'contact', 'lead');

CREATE OR REPLACE TEMP VIEW touches_of_all AS
SELECT 'contacts' AS entity, target_id AS customer_id, campaign_id, activity_date, activity, day, responded, channel
FROM touches WHERE target_type = 'Contacts'
UNION ALL
SELECT 'accounts', target_id, campaign_id, activity_date, activity, day, responded, channel
FROM touches WHERE target_type = 'Accounts'
UNION ALL
SELECT 'accounts', l.account_id, t.campaign_id, t.activity_date, t.activity, t.day, t.responded, t.channel
FROM touches t JOIN accounts_of_contacts l ON l.contact_id = t.target_id
WHERE t.target_type = 'Contacts';

-- Calls and meetings that were to take place, with whether they did. What came in was the customer's own wish.
CREATE OR REPLACE TEMP VIEW talks AS
SELECT id, parent_type, parent_id, date_start, 'phone' AS channel,
    CASE WHEN direction = 'Inbound' THEN 'own' ELSE 'tried' END AS way,
    CASE WHEN status = 'Held' THEN 1 ELSE 0 END AS answered
FROM sound_calls
WHERE date_start IS NOT NULL AND (status = 'Held' OR status = 'Not Held' AND direction IS DISTINCT FROM 'Inbound')
UNION ALL
SELECT id, parent_type, parent_id, date_start, 'in_person', 'tried',
    CASE WHEN status = 'Held' THEN 1 ELSE 0 END
FROM sound_meetings WHERE date_start IS NOT NULL AND status IN ('Held', 'Not Held');

CREATE OR REPLACE TEMP VIEW words_of_customers AS
SELECT u.case_id, u.id, u.date_entered FROM sound_case_updates u
WHERE coalesce(u.contact_id, '') <> '' AND NOT coalesce(u.internal, false) AND u.date_entered IS NOT NULL;

CREATE OR REPLACE TEMP VIEW survey_moments AS
SELECT 'contacts' AS entity, contact_id AS customer_id, id, date_entered FROM sound_survey_responses
WHERE coalesce(contact_id, '') <> '' AND date_entered IS NOT NULL
UNION ALL
SELECT 'accounts', account_id, id, date_entered FROM sound_survey_responses
WHERE coalesce(account_id, '') <> '' AND date_entered IS NOT NULL;

-- Who is known by one name, or by one address, and by no other's: a lead names who it came through.
CREATE OR REPLACE TEMP VIEW known_by_name AS
SELECT entity, word, any_value(customer_id) AS customer_id FROM (
    SELECT 'contacts' AS entity, id AS customer_id, lower(trim(concat_ws(' ', first_name, last_name))) AS word FROM sound_contacts
    UNION SELECT 'contacts', id, lower(trim(email1)) FROM sound_contacts
    UNION SELECT 'accounts', id, lower(trim(name)) FROM sound_accounts
    UNION SELECT 'accounts', id, lower(trim(email1)) FROM sound_accounts
) WHERE coalesce(word, '') <> '' GROUP BY entity, word HAVING count(DISTINCT customer_id) = 1;

CREATE OR REPLACE TEMP VIEW referrals AS
SELECT k.entity, k.customer_id, l.id, l.date_entered
FROM sound_leads l JOIN known_by_name k ON k.word = lower(trim(l.refered_by))
WHERE l.date_entered IS NOT NULL;

-- What customers wrote, as words are looked for in it: small letters without accents, digits and single
-- spaces. Very long texts are cut. Notes are what people of ours wrote down of them.
CREATE OR REPLACE TEMP MACRO as_words(written) AS
    ' ' || trim(regexp_replace(strip_accents(lower(left(written, 4000))), '[^\pL\d]+', ' ', 'g')) || ' ';

CREATE OR REPLACE TEMP VIEW written_in_cases AS
SELECT id AS case_id, id, date_entered, concat_ws(' ', name, description) AS written
FROM sound_cases WHERE date_entered IS NOT NULL
UNION ALL
SELECT case_id, id, date_entered, description FROM sound_case_updates
WHERE coalesce(contact_id, '') <> '' AND NOT coalesce(internal, false) AND date_entered IS NOT NULL
    AND coalesce(description, '') <> '';

CREATE OR REPLACE TEMP VIEW written_in_surveys AS
SELECT a.id, r.contact_id, r.account_id, r.date_entered, a.answer AS written
FROM sound_survey_answers a
JOIN sound_survey_responses r ON r.id = a.surveyresponse_id
JOIN sound_survey_questions q ON q.id = a.surveyquestion_id
WHERE r.date_entered IS NOT NULL AND q.type IN ('Text', 'Textbox') AND trim(coalesce(a.answer, '')) <> '';

CREATE OR REPLACE TEMP VIEW written_in_notes AS
SELECT DISTINCT id, date_entered, written, parent_type, parent_id FROM (
    SELECT id, date_entered, concat_ws(' ', name, description) AS written, parent_type, parent_id FROM sound_notes
    UNION ALL
    SELECT id, date_entered, concat_ws(' ', name, description), 'Contacts', contact_id FROM sound_notes
) WHERE date_entered IS NOT NULL AND coalesce(parent_id, '') <> '';
