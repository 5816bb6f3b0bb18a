-- Canonical facts about complaints: moments are whole minutes since 1970-01-01 00:00 UTC, days are
-- epoch days, texts are '' where nothing is known. Over the stock path SuiteCRM's times lack their
-- seconds; minutes lose nothing there.

-- How the bridge saw a case stand last, and since when.
CREATE OR REPLACE TEMP VIEW last_seen AS
SELECT case_id, status, state, changed_at FROM observed_statuses
QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY number DESC) = 1
    AND CAST(changed_at AS DATE) BETWEEN DATE '{earliest}' AND DATE '{latest}';

-- The one customer of a complaint of each kind: who reported it, or else the first one linked.
CREATE OR REPLACE TEMP VIEW case_customers_contacts AS
SELECT c.id AS case_id, coalesce(nullif(c.contact_created_by_id, ''), l.contact_id) AS customer_id
FROM complaints c
LEFT JOIN (
    SELECT case_id, min(contact_id) AS contact_id FROM contacts_cases GROUP BY case_id
) l ON l.case_id = c.id
WHERE coalesce(nullif(c.contact_created_by_id, ''), l.contact_id) IS NOT NULL;

CREATE OR REPLACE TEMP VIEW case_customers_accounts AS
SELECT id AS case_id, account_id AS customer_id FROM complaints
WHERE coalesce(account_id, '') <> '';

-- A case that stands as the bridge saw it last, closed perhaps, got there at the latest when it was
-- last modified by then; later edits do not move that, nor do the bridge's own.
CREATE OR REPLACE TEMP VIEW case_facts AS
SELECT c.id AS case_id,
    date_diff('minute', TIMESTAMP '1970-01-01', c.date_entered) AS created,
    date_diff('minute', TIMESTAMP '1970-01-01',
        coalesce(s.changed_at, c.date_modified, c.date_entered)) AS modified,
    coalesce(c.status, '') AS status,
    coalesce(c.state, '') AS state,
    coalesce(c.priority, '') AS priority,
    coalesce(c.type, '') AS type,
    coalesce(nullif(c.aos_products_id_c, '0'), '') AS product,
    coalesce(c.complaint_cause_c, '') AS cause,
    coalesce(c.complaint_channel_c, '') AS channel,
    coalesce(c.assigned_user_id, '') AS owner
FROM complaints c
LEFT JOIN last_seen s ON s.case_id = c.id
    AND s.status IS NOT DISTINCT FROM c.status AND s.state IS NOT DISTINCT FROM c.state;

-- What our side told the customer: an update that they can see and that is not their own, or a call.
CREATE OR REPLACE TEMP VIEW case_answers AS
SELECT u.case_id, date_diff('minute', TIMESTAMP '1970-01-01', u.date_entered) AS moment,
    'update' AS kind
FROM sound_case_updates u
WHERE coalesce(u.case_id, '') <> '' AND u.date_entered IS NOT NULL
    AND NOT coalesce(u.internal, false) AND coalesce(u.contact_id, '') = ''
    AND trim(regexp_replace(coalesce(u.description, ''), '<[^>]*>|&nbsp;', '', 'g')) <> ''
UNION ALL
SELECT k.parent_id, date_diff('minute', TIMESTAMP '1970-01-01', k.date_start), 'call'
FROM sound_calls k
WHERE k.parent_type = 'Cases' AND coalesce(k.parent_id, '') <> ''
    AND k.status = 'Held' AND k.date_start IS NOT NULL;

-- What is known of changes of status and state, from SuiteCRM's own history where a case has one,
-- else from what the bridge saw between two pulls.
CREATE OR REPLACE TEMP VIEW recorded_changes AS
SELECT record_id AS case_id, changed_at, id AS place, field,
    coalesce("before", '') AS value_before, coalesce("after", '') AS value_after
FROM history WHERE module = 'Cases' AND field IN ('status', 'state')
    AND CAST(changed_at AS DATE) BETWEEN DATE '{earliest}' AND DATE '{latest}';

CREATE OR REPLACE TEMP VIEW observed_changes AS
SELECT case_id, changed_at, number,
    coalesce(status, '') AS status, coalesce(state, '') AS state,
    lag(coalesce(status, '')) OVER seen AS status_before,
    lag(coalesce(state, '')) OVER seen AS state_before
FROM observed_statuses WINDOW seen AS (PARTITION BY case_id ORDER BY number);

CREATE OR REPLACE TEMP VIEW unrecorded_changes AS
SELECT o.case_id, o.changed_at, o.number, v.field, v.value_before, v.value_after
FROM observed_changes o
CROSS JOIN LATERAL (
    VALUES ('status', o.status_before, o.status), ('state', o.state_before, o.state)
) v(field, value_before, value_after)
WHERE o.number > 1 AND v.value_before <> v.value_after
    AND CAST(o.changed_at AS DATE) BETWEEN DATE '{earliest}' AND DATE '{latest}'
    AND o.case_id NOT IN (SELECT case_id FROM recorded_changes);

CREATE OR REPLACE TEMP VIEW case_changes AS
SELECT case_id, date_diff('minute', TIMESTAMP '1970-01-01', changed_at) AS moment,
    row_number() OVER (PARTITION BY case_id ORDER BY changed_at, place) AS place,
    'history' AS basis, field, value_before, value_after
FROM recorded_changes
UNION ALL
SELECT case_id, date_diff('minute', TIMESTAMP '1970-01-01', changed_at), number,
    'observed', field, value_before, value_after
FROM unrecorded_changes;

-- Which status a case has had since when; its first row says from when on that is known. SuiteCRM's
-- history tells of each change what was before, but nothing of the time before its own first row; a case
-- without a change stood as it stands. Without a history it is known from the first look on, which is that of
-- when the record was last modified by then. A status that no change tells of came with the last edit.
CREATE OR REPLACE TEMP VIEW case_statuses AS
WITH turned AS (
    SELECT case_id, moment, place, basis, value_before, value_after
    FROM case_changes WHERE field = 'status'
),
ends AS (
    SELECT case_id, arg_min(value_before, place) AS first_status,
        arg_max(value_after, place) AS last_status, any_value(basis) AS basis
    FROM turned GROUP BY case_id
),
kept AS (
    SELECT date_diff('minute', TIMESTAMP '1970-01-01', min(changed_at)) AS since
    FROM recorded_changes WHERE field = 'status'
),
first_seen AS (
    SELECT case_id, date_diff('minute', TIMESTAMP '1970-01-01', changed_at) AS since
    FROM observed_statuses WHERE number = 1
        AND CAST(changed_at AS DATE) BETWEEN DATE '{earliest}' AND DATE '{latest}'
)
SELECT c.case_id,
    greatest(c.created, CASE WHEN e.basis = 'observed' OR k.since IS NULL
        THEN o.since ELSE k.since END) AS moment,
    CAST(0 AS BIGINT) AS place, coalesce(e.first_status, c.status) AS status
FROM case_facts c CROSS JOIN kept k
LEFT JOIN ends e ON e.case_id = c.case_id
LEFT JOIN first_seen o ON o.case_id = c.case_id
WHERE CASE WHEN e.basis = 'observed' OR k.since IS NULL THEN o.since ELSE k.since END IS NOT NULL
UNION ALL
SELECT case_id, moment, place, value_after FROM turned
UNION ALL
SELECT c.case_id, c.modified, CAST(1000000000 AS BIGINT), c.status
FROM case_facts c JOIN ends e ON e.case_id = c.case_id
WHERE c.status <> e.last_status;

-- Where customers live and what they are. A region is the country and the first two characters of
-- the postal code: the department in France, the state's part elsewhere.
CREATE OR REPLACE TEMP VIEW customer_traits_contacts AS
SELECT 'contacts' AS entity, c.id AS customer_id, coalesce(trim(c.primary_address_country), '') AS country,
    CASE WHEN trim(c.primary_address_postalcode) <> '' THEN concat(
        trim(c.primary_address_country), ' ', left(trim(c.primary_address_postalcode), 2)
    ) ELSE '' END AS region,
    coalesce(a.account_type, '') AS account_type, coalesce(a.industry, '') AS industry
FROM sound_contacts c
LEFT JOIN (
    SELECT contact_id, min(account_id) AS account_id FROM accounts_contacts GROUP BY contact_id
) l ON l.contact_id = c.id
LEFT JOIN sound_accounts a ON a.id = l.account_id;

CREATE OR REPLACE TEMP VIEW customer_traits_accounts AS
SELECT 'accounts' AS entity, id AS customer_id, coalesce(trim(billing_address_country), '') AS country,
    CASE WHEN trim(billing_address_postalcode) <> '' THEN concat(
        trim(billing_address_country), ' ', left(trim(billing_address_postalcode), 2)
    ) ELSE '' END AS region,
    coalesce(account_type, '') AS account_type, coalesce(industry, '') AS industry
FROM sound_accounts;

-- Answers to surveys as numbers: 1 to 10 of a scale, 1 to 5 stars, 0 or 1 of a checkbox, 0 to 2 of
-- a matrix (2 is dissatisfied). Others are no measure.
CREATE OR REPLACE TEMP VIEW survey_measures AS
SELECT a.id AS answer_id, r.id AS response_id, q.id AS question_id,
    coalesce(r.contact_id, '') AS contact_id, coalesce(r.account_id, '') AS account_id,
    business_day(r.date_entered) AS day,
    q.type AS kind,
    CASE WHEN q.type = 'Checkbox' THEN CAST(a.answer_bool AS BIGINT)
        ELSE TRY_CAST(trim(a.answer) AS BIGINT) END AS value
FROM sound_survey_answers a
JOIN sound_survey_responses r ON r.id = a.surveyresponse_id
JOIN sound_survey_questions q ON q.id = a.surveyquestion_id
WHERE r.date_entered IS NOT NULL AND q.type IN ('Scale', 'Rating', 'Checkbox', 'Matrix')
    AND CASE WHEN q.type = 'Checkbox' THEN CAST(a.answer_bool AS BIGINT)
        ELSE TRY_CAST(trim(a.answer) AS BIGINT) END BETWEEN -1000 AND 1000;

CREATE OR REPLACE TEMP VIEW survey_facts_contacts AS
SELECT 'contacts' AS entity, answer_id, response_id, question_id, contact_id AS customer_id, day, kind, value
FROM survey_measures WHERE contact_id <> '';

CREATE OR REPLACE TEMP VIEW survey_facts_accounts AS
SELECT 'accounts' AS entity, answer_id, response_id, question_id, account_id AS customer_id, day, kind, value
FROM survey_measures WHERE account_id <> '';

CREATE OR REPLACE TEMP VIEW question_facts AS
SELECT id AS question_id, coalesce(survey_id, '') AS survey_id, coalesce(name, '') AS name,
    coalesce(type, '') AS kind, CAST(coalesce(happiness_question, false) AS BIGINT) AS happiness
FROM sound_survey_questions;
