-- Canonical facts about leads and targets, told apart by `kind`. A target is who is written to before
-- anybody asked (SuiteCRM's Prospects); what becomes of one becomes of the lead that it turned into.

-- A company's industry is known of whoever works there, if the company stood in SuiteCRM before they did:
-- SuiteCRM makes one of each lead that is converted, and its industry would tell that it was.
CREATE OR REPLACE TEMP VIEW company_industries AS
SELECT lower(trim(name)) AS company, arg_min(industry, (date_entered, id)) AS industry,
    min(date_entered) AS since
FROM sound_accounts
WHERE industry <> '' AND trim(name) <> '' AND date_entered IS NOT NULL
GROUP BY lower(trim(name));

-- closed: nobody works on it any more, because it was lost or became something else.
-- silent: of whom no figure is to be made, for they objected.
CREATE OR REPLACE TEMP VIEW lead_facts AS
WITH people AS (
    SELECT 'leads' AS kind, l.id AS lead_id, l.date_entered, l.lead_source, l.campaign_id,
        l.primary_address_country AS country, l.account_name, l.contact_id, l.account_id,
        coalesce(l.converted, false) OR coalesce(l.status, '') IN ('Converted', 'Dead') AS closed,
        coalesce(l.competitor_c, '') <> '' OR coalesce(o.competitor_c, '') <> '' AS rival,
        coalesce(l.no_profiling_c, false) AS objected
    FROM sound_leads l LEFT JOIN sound_opportunities o ON o.id = l.opportunity_id
    UNION ALL
    SELECT 'targets', t.id, t.date_entered, '', t.campaign_id,
        t.primary_address_country, t.account_name, l.contact_id, l.account_id,
        coalesce(t.lead_id, '') <> '', coalesce(l.competitor_c, '') <> '',
        coalesce(l.no_profiling_c, false)
    FROM sound_targets t LEFT JOIN sound_leads l ON l.id = t.lead_id
)
SELECT p.kind, p.lead_id, business_day(p.date_entered) AS day,
    coalesce(p.lead_source, '') AS source, coalesce(p.campaign_id, '') AS campaign,
    trim(coalesce(p.country, '')) AS country,
    CASE WHEN i.since < p.date_entered THEN i.industry ELSE '' END AS industry,
    coalesce(p.contact_id, '') AS contact_id, coalesce(p.account_id, '') AS account_id,
    CAST(p.closed AS BIGINT) AS closed, CAST(p.rival AS BIGINT) AS rival,
    CAST(p.objected OR coalesce(c.no_profiling_c, false) OR coalesce(a.no_profiling_c, false) AS BIGINT)
        AS silent
FROM people p
LEFT JOIN company_industries i ON i.company = lower(trim(p.account_name))
LEFT JOIN sound_contacts c ON c.id = p.contact_id
LEFT JOIN sound_accounts a ON a.id = p.account_id
WHERE p.date_entered IS NOT NULL;

-- What was done with them, and what they did: calls and meetings held, links of campaigns followed.
CREATE OR REPLACE TEMP VIEW lead_touches AS
SELECT CASE parent_type WHEN 'Leads' THEN 'leads' ELSE 'targets' END AS kind, parent_id AS lead_id,
    day, CAST(1 AS BIGINT) AS talked
FROM held_activities WHERE parent_type IN ('Leads', 'Prospects') AND coalesce(parent_id, '') <> ''
UNION ALL
SELECT CASE target_type WHEN 'Leads' THEN 'leads' ELSE 'targets' END, target_id,
    business_day(activity_date), CAST(0 AS BIGINT)
FROM sound_campaign_log
WHERE target_type IN ('Leads', 'Prospects') AND activity_type = 'link' AND activity_date IS NOT NULL;

-- What campaigns cost, where it is entered in the base currency: their budget is no cost.
CREATE OR REPLACE TEMP VIEW campaign_costs AS
SELECT id AS campaign, coalesce(name, '') AS name,
    CAST(round(100 * CASE WHEN coalesce(currency_id, '-99') = '-99' AND actual_cost > 0 THEN actual_cost
    END) AS BIGINT) AS cost_cents
FROM sound_campaigns;
