<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Complaint';
$mod_strings['LBL_SUITECRMBRIDGE_CARD'] = 'Customer at a glance';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT'] = 'Complaint';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_HELP'] = 'Tick when this case is a complaint.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT'] = 'Product concerned';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT_HELP'] = 'Product that the complaint is about.';
$mod_strings['LBL_SUITECRMBRIDGE_AOS_PRODUCTS_ID'] = 'Product concerned (ID)';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE'] = 'Cause';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE_HELP'] = 'Cause of the complaint.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL'] = 'Channel';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL_HELP'] = 'How the complaint reached you.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Competitor named';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR_HELP'] = 'Competitor that the customer named.';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS'] = 'First response (hours)';
$mod_strings['LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS_HELP'] = 'Business hours until the first answer, without those of waiting for the customer.';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS'] = 'Resolution (hours)';
$mod_strings['LBL_SUITECRMBRIDGE_RESOLUTION_HOURS_HELP'] = 'Business hours until the case was closed, without those of waiting for the customer.';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS'] = 'Waiting for the customer (hours)';
$mod_strings['LBL_SUITECRMBRIDGE_WAITING_HOURS_HELP'] = 'Business hours of waiting for the customer that is over, by the status; empty where its past is not known.';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED'] = 'Target missed';
$mod_strings['LBL_SUITECRMBRIDGE_SLA_BREACHED_HELP'] = 'The first answer or the resolution came later than the target of its priority.';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY'] = 'Resolution promised by';
$mod_strings['LBL_SUITECRMBRIDGE_PROMISED_BY_HELP'] = 'When the target of its priority for the resolution is over, in business hours; empty while the case waits for the customer, and once it is closed.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME'] = 'Theme';
$mod_strings['LBL_SUITECRMBRIDGE_COMPLAINT_THEME_HELP'] = 'Theme found in the texts of complaints.';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT'] = 'Customer\'s segment';
$mod_strings['LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT_HELP'] = 'Segment of the customer who complains.';
