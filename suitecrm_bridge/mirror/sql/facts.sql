-- Canonical facts for the analytics, from the mirrored modules without the values that figures
-- cannot bear (sound_<table>, see soundness.py): epoch days, hundredths of the base currency. The only
-- place where SuiteCRM's dates and currencies become integers; what comes after is the same to the bit
-- on every engine. Moments are UTC; business_day (see facts.py) is their day where people work.
-- '-99' is SuiteCRM's id of the base currency; rows without a currency are in it too. Another
-- currency counts by its base amount, which SuiteCRM leaves at 0 when it could not convert:
-- such a row has no usable amount.
-- An invoice's net amount is its total without tax and shipping, or its subtotal where neither is
-- filled in. Where nothing but the total is, it counts as it stands. Another currency's net amount is
-- converted as its total was.

CREATE OR REPLACE TEMP VIEW invoices_in_base AS
WITH known AS (
    SELECT *,
        CASE
            WHEN coalesce(currency_id, '-99') = '-99' THEN coalesce(total_amount, total_amount_usdollar)
            WHEN total_amount_usdollar <> 0 OR total_amount = 0 THEN total_amount_usdollar
        END AS gross_in_base,
        CASE
            WHEN total_amount IS NULL THEN NULL
            WHEN coalesce(tax_amount, 0) <> 0 OR coalesce(shipping_amount, 0) <> 0
                THEN total_amount - coalesce(tax_amount, 0) - coalesce(shipping_amount, 0)
            WHEN subtotal_amount <> 0 THEN subtotal_amount
        END AS net_amount
    FROM sound_invoices
)
SELECT id, billing_contact_id, billing_account_id, status, invoice_date AS fact_date, set_apart,
    gross_in_base AS amount_in_base, net_amount IS NULL AND gross_in_base <> 0 AS only_total,
    CAST(round(100 * gross_in_base) AS BIGINT) AS gross_cents,
    CASE
        WHEN net_amount IS NULL OR total_amount = 0 THEN CAST(round(100 * gross_in_base) AS BIGINT)
        WHEN coalesce(currency_id, '-99') = '-99' THEN CAST(round(100 * net_amount) AS BIGINT)
        ELSE CAST(round(
            100.0 * CAST(gross_in_base AS DOUBLE) * CAST(net_amount AS DOUBLE)
            / CAST(total_amount AS DOUBLE)
        ) AS BIGINT)
    END AS net_cents
FROM known;

CREATE OR REPLACE TEMP VIEW opportunities_in_base AS
SELECT id, account_id, sales_stage, date_closed AS fact_date, set_apart,
    CASE
        WHEN coalesce(currency_id, '-99') = '-99' THEN coalesce(amount, amount_usdollar)
        WHEN amount_usdollar <> 0 OR amount = 0 THEN amount_usdollar
    END AS amount_in_base
FROM sound_opportunities;

CREATE OR REPLACE TEMP VIEW invoice_facts AS
SELECT id AS invoice_id, billing_contact_id AS contact_id, billing_account_id AS account_id,
    coalesce(status, '') AS status,
    date_diff('day', DATE '1970-01-01', fact_date) AS day,
    {amount}_cents AS cents
FROM invoices_in_base
WHERE fact_date IS NOT NULL AND amount_in_base IS NOT NULL;

CREATE OR REPLACE TEMP VIEW opportunity_facts AS
SELECT id AS opportunity_id, account_id, coalesce(sales_stage, '') AS stage,
    date_diff('day', DATE '1970-01-01', fact_date) AS day,
    CAST(round(100 * amount_in_base) AS BIGINT) AS cents
FROM opportunities_in_base
WHERE fact_date IS NOT NULL AND amount_in_base IS NOT NULL;

-- Purchases of which no customer is known: none is named, or one who is not there.
CREATE OR REPLACE TEMP VIEW purchases_of_nobody_invoices AS
SELECT invoice_id AS purchase_id,
    CASE WHEN contact_id = '' AND account_id = '' THEN 'without_customer'
        ELSE 'unknown_customer' END AS why
FROM (
    SELECT invoice_id, coalesce(contact_id, '') AS contact_id,
        coalesce(account_id, '') AS account_id
    FROM invoice_facts WHERE status <> 'Cancelled'
) i
WHERE (contact_id = '' AND account_id = '')
    OR (contact_id <> '' AND contact_id NOT IN (SELECT id FROM sound_contacts))
    OR (account_id <> '' AND account_id NOT IN (SELECT id FROM sound_accounts));

CREATE OR REPLACE TEMP VIEW purchases_of_nobody_opportunities AS
SELECT o.opportunity_id AS purchase_id,
    CASE WHEN coalesce(o.account_id, '') = '' AND l.opportunity_id IS NULL THEN 'without_customer'
        ELSE 'unknown_customer' END AS why
FROM opportunity_facts o
LEFT JOIN (
    SELECT opportunity_id, bool_or(contact_id NOT IN (SELECT id FROM sound_contacts)) AS unknown
    FROM opportunities_contacts GROUP BY opportunity_id
) l ON l.opportunity_id = o.opportunity_id
WHERE o.stage = 'Closed Won' AND (
    (coalesce(o.account_id, '') = '' AND l.opportunity_id IS NULL) OR coalesce(l.unknown, false)
    OR (o.account_id <> '' AND o.account_id NOT IN (SELECT id FROM sound_accounts)));

-- Lines of invoices that name a product, and whose amount and invoice are facts. SuiteCRM keeps a
-- line's amounts in the base currency too; a cost of 0 means that nobody entered one.
CREATE OR REPLACE TEMP VIEW line_facts AS
SELECT l.id AS line_id, i.invoice_id, l.product_id, i.day,
    CAST(round(1000 * coalesce(l.product_qty, 0)) AS BIGINT) AS quantity_thousandths,
    CAST(round(100 * l.product_total_price_usdollar) AS BIGINT) AS cents,
    CAST(round(100 * nullif(l.product_cost_price_usdollar, 0) * l.product_qty) AS BIGINT)
        AS cost_cents
FROM sound_invoice_lines l
JOIN invoice_facts i ON i.invoice_id = l.parent_id
WHERE l.parent_type = 'AOS_Invoices' AND coalesce(l.product_id, '') NOT IN ('', '0')
    AND l.product_total_price_usdollar IS NOT NULL;

CREATE OR REPLACE TEMP VIEW product_facts AS
SELECT id AS product_id,
    coalesce(nullif(aos_product_category_id, ''), nullif(category, ''), '') AS category
FROM sound_products;

CREATE OR REPLACE TEMP VIEW customers_contacts AS SELECT id AS customer_id FROM sound_contacts;

CREATE OR REPLACE TEMP VIEW customers_accounts AS SELECT id AS customer_id FROM sound_accounts;

-- What is known of each customer: 1 where a field is filled in. An account's lead source is that of
-- its contact who has been there longest.
CREATE OR REPLACE TEMP VIEW profiles_contacts AS
SELECT id AS customer_id, coalesce(lead_source, '') AS lead_source,
    coalesce(campaign_id, '') AS campaign_id,
    CAST(coalesce(email1, '') LIKE '%_@_%' AS BIGINT) AS email,
    CAST(concat(phone_work, phone_mobile) <> '' AS BIGINT) AS phone,
    CAST(coalesce(primary_address_city, '') <> ''
        AND coalesce(primary_address_postalcode, '') <> '' AS BIGINT) AS address,
    CAST(coalesce(wallet_estimate_c, 0) > 0 AS BIGINT) AS wallet
FROM sound_contacts;

CREATE OR REPLACE TEMP VIEW profiles_accounts AS
SELECT a.id AS customer_id, coalesce(s.lead_source, '') AS lead_source,
    coalesce(a.campaign_id, '') AS campaign_id,
    CAST(coalesce(a.email1, '') LIKE '%_@_%' AS BIGINT) AS email,
    CAST(coalesce(a.phone_office, '') <> '' AS BIGINT) AS phone,
    CAST(coalesce(a.billing_address_city, '') <> ''
        AND coalesce(a.billing_address_postalcode, '') <> '' AS BIGINT) AS address,
    CAST(coalesce(a.wallet_estimate_c, 0) > 0 AS BIGINT) AS wallet
FROM sound_accounts a
LEFT JOIN (
    SELECT l.account_id, arg_min(c.lead_source, (c.date_entered, c.id)) AS lead_source
    FROM accounts_contacts l JOIN sound_contacts c ON c.id = l.contact_id
    WHERE c.lead_source <> '' GROUP BY l.account_id
) s ON s.account_id = a.id;

-- What campaigns' mail met with: activity is SuiteCRM's word (targeted, viewed, link, removed,
-- send error, invalid email, blocked, …), target_id a contact, lead, prospect or account.
CREATE OR REPLACE TEMP VIEW campaign_facts AS
SELECT campaign_id, target_id, coalesce(activity_type, '') AS activity,
    business_day(activity_date) AS day
FROM sound_campaign_log
WHERE coalesce(campaign_id, '') <> '' AND coalesce(target_id, '') <> ''
    AND activity_date IS NOT NULL;

CREATE OR REPLACE TEMP VIEW campaign_names AS
SELECT id AS campaign_id, coalesce(name, '') AS name FROM sound_campaigns;

-- SuiteCRM marks a response with -1 when nothing in it is dissatisfied, else with 0 to 10.
CREATE OR REPLACE TEMP VIEW satisfaction_contacts AS
SELECT contact_id AS customer_id,
    business_day(date_entered) AS day,
    CAST(happiness = -1 OR happiness > 7 AS BIGINT) AS satisfied
FROM sound_survey_responses
WHERE coalesce(contact_id, '') <> '' AND date_entered IS NOT NULL AND happiness IS NOT NULL;

CREATE OR REPLACE TEMP VIEW satisfaction_accounts AS
SELECT account_id AS customer_id,
    business_day(date_entered) AS day,
    CAST(happiness = -1 OR happiness > 7 AS BIGINT) AS satisfied
FROM sound_survey_responses
WHERE coalesce(account_id, '') <> '' AND date_entered IS NOT NULL AND happiness IS NOT NULL;
