-- Facts that are made alike for contacts and accounts, from the views of value_facts.sql;
-- {entity} is one of the two.

CREATE OR REPLACE TEMP VIEW wallet_facts_{entity} AS
SELECT '{entity}' AS entity, id AS customer_id, CAST(round(100 * wallet_estimate_c) AS BIGINT) AS wallet_cents
FROM sound_{entity} WHERE wallet_estimate_c > 0;

CREATE OR REPLACE TEMP VIEW fraud_facts_{entity} AS
SELECT '{entity}' AS entity, id AS customer_id FROM sound_{entity} WHERE fraud_c;

CREATE OR REPLACE TEMP VIEW service_facts_{entity} AS
SELECT '{entity}' AS entity, l.customer_id, 'case' AS kind,
    business_day(c.date_entered) AS day, 0 AS minutes
FROM sound_cases c JOIN cases_of_{entity} l ON l.case_id = c.id WHERE c.date_entered IS NOT NULL
UNION ALL
SELECT '{entity}', p.customer_id, h.kind, h.day, h.minutes
FROM held_activities h
JOIN parents_of_{entity} p ON p.parent_type = h.parent_type AND p.parent_id = h.parent_id;

CREATE OR REPLACE TEMP VIEW complaint_facts_{entity} AS
SELECT '{entity}' AS entity, l.customer_id, c.id AS case_id,
    business_day(c.date_entered) AS day,
    CAST(coalesce(c.status, '') IN (SELECT word FROM complaint_words WHERE kind = 'rejected')
        AS BIGINT) AS rejected
FROM complaints c JOIN cases_of_{entity} l ON l.case_id = c.id;

-- Somebody tried to reach the customer: a call or meeting held, or a task done, that is about no case.
CREATE OR REPLACE TEMP VIEW attempt_facts_{entity} AS
SELECT '{entity}' AS entity, p.customer_id, h.day AS day
FROM held_activities h
JOIN parents_of_{entity} p ON p.parent_type = h.parent_type AND p.parent_id = h.parent_id
WHERE h.parent_type <> 'Cases'
UNION ALL
SELECT '{entity}', p.customer_id, t.day
FROM done_tasks t
JOIN parents_of_{entity} p ON p.parent_type = t.parent_type AND p.parent_id = t.parent_id
WHERE t.parent_type <> 'Cases';

-- The action that SuiteCRM holds, and until when it is due.
CREATE OR REPLACE TEMP VIEW kept_actions_{entity} AS
SELECT '{entity}' AS entity, id AS customer_id, next_action_c AS action,
    date_diff('day', DATE '1970-01-01', next_action_due_c) AS due_day
FROM sound_{entity} WHERE next_action_c <> '' AND next_action_due_c IS NOT NULL;

-- Somebody unsubscribed by the link in a campaign's mail.
CREATE OR REPLACE TEMP VIEW opt_out_facts_{entity} AS
SELECT '{entity}' AS entity, l.target_id AS customer_id, business_day(l.activity_date) AS day
FROM sound_campaign_log l JOIN sound_{entity} c ON c.id = l.target_id
WHERE l.activity_type = 'removed' AND l.activity_date IS NOT NULL;

CREATE OR REPLACE TEMP VIEW touch_facts_{entity} AS
SELECT entity, customer_id, campaign_id, day, responded, channel
FROM touches_of_all WHERE entity = '{entity}';

-- When something was tried with customers ("tried", answered or not), and when they did something by themselves
-- ("own"): called, wrote a case or in one, opened or followed a campaign, answered a survey. The hour is
-- that where people work; channel is '' where we chose it for them. A person's mail program may open what they
-- never saw, so that of one campaign an hour counts once.
CREATE OR REPLACE TEMP VIEW moment_facts_{entity} AS
SELECT '{entity}' AS entity, p.customer_id, t.way, t.channel,
    business_day(t.date_start) AS day, business_hour(t.date_start) AS hour, t.answered
FROM talks t JOIN parents_of_{entity} p ON p.parent_type = t.parent_type AND p.parent_id = t.parent_id
UNION ALL
SELECT entity, customer_id, 'own', '', day, hour, 1 FROM (
    SELECT DISTINCT entity, customer_id, campaign_id, day, business_hour(activity_date) AS hour
    FROM touches_of_all WHERE entity = '{entity}' AND responded = 1
)
UNION ALL
SELECT '{entity}', l.customer_id, 'own', coalesce(c.complaint_channel_c, ''),
    business_day(c.date_entered), business_hour(c.date_entered), 1
FROM sound_cases c JOIN cases_of_{entity} l ON l.case_id = c.id WHERE c.date_entered IS NOT NULL
UNION ALL
SELECT '{entity}', l.customer_id, 'own', 'web', business_day(u.date_entered), business_hour(u.date_entered), 1
FROM words_of_customers u JOIN cases_of_{entity} l ON l.case_id = u.case_id
UNION ALL
SELECT '{entity}', customer_id, 'own', '', business_day(date_entered), business_hour(date_entered), 1
FROM survey_moments WHERE entity = '{entity}';

-- Signs that customers are involved beside buying.
CREATE OR REPLACE TEMP VIEW engagement_facts_{entity} AS
SELECT '{entity}' AS entity, t.customer_id, s.signal, t.campaign_id AS record_id, min(t.day) AS day
FROM touches_of_all t
JOIN (VALUES ('viewed', 'opened'), ('link', 'opened'), ('link', 'clicked')) s(activity, signal)
    ON s.activity = t.activity
WHERE t.entity = '{entity}' GROUP BY t.customer_id, s.signal, t.campaign_id
UNION ALL
SELECT '{entity}', customer_id, 'answered', id, business_day(date_entered) FROM survey_moments
WHERE entity = '{entity}'
UNION ALL
SELECT '{entity}', p.customer_id, 'met', h.id, h.day FROM held_activities h
JOIN parents_of_{entity} p ON p.parent_type = h.parent_type AND p.parent_id = h.parent_id
WHERE h.kind = 'meeting'
UNION ALL
SELECT '{entity}', customer_id, 'referred', id, business_day(date_entered) FROM referrals
WHERE entity = '{entity}'
UNION ALL
SELECT '{entity}', l.customer_id, 'wrote', u.id, business_day(u.date_entered)
FROM words_of_customers u JOIN cases_of_{entity} l ON l.case_id = u.case_id
UNION ALL
SELECT '{entity}', l.customer_id, 'wrote', c.id, business_day(c.date_entered)
FROM sound_cases c JOIN cases_of_{entity} l ON l.case_id = c.id
WHERE coalesce(c.contact_created_by_id, '') <> '' AND c.date_entered IS NOT NULL;

CREATE OR REPLACE TEMP VIEW wish_facts_{entity} AS
SELECT '{entity}' AS entity, l.customer_id, w.id AS record_id, 'case' AS source,
    business_day(w.date_entered) AS day, as_words(w.written) AS text
FROM written_in_cases w JOIN cases_of_{entity} l ON l.case_id = w.case_id
UNION ALL
SELECT '{entity}', CASE '{entity}' WHEN 'contacts' THEN contact_id ELSE account_id END, id, 'survey',
    business_day(date_entered), as_words(written)
FROM written_in_surveys
WHERE coalesce(CASE '{entity}' WHEN 'contacts' THEN contact_id ELSE account_id END, '') <> ''
UNION ALL
SELECT DISTINCT '{entity}', p.customer_id, n.id, 'note', business_day(n.date_entered), as_words(n.written)
FROM written_in_notes n JOIN parents_of_{entity} p ON p.parent_type = n.parent_type AND p.parent_id = n.parent_id;
