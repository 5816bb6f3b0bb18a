<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Chance and value';
$mod_strings['LBL_SUITECRMBRIDGE_NO_PROFILING'] = 'No profiling';
$mod_strings['LBL_SUITECRMBRIDGE_NO_PROFILING_HELP'] = 'Tick when this customer objects to profiling for marketing; no programme addresses them then.';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Competitor named';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR_HELP'] = 'Competitor that the customer named.';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_SCORE'] = 'Chance of becoming a customer (%)';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_SCORE_HELP'] = 'In percent, within 180 days, from what became of earlier leads; empty for leads that are closed, and where too little is known to tell.';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_VALUE'] = 'Value expected';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_VALUE_HELP'] = 'The chance times what a customer of this source brings in the first year, in the base currency.';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_REASON'] = 'Reason for the chance';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_REASON_HELP'] = 'What speaks for and against this lead, in words.';
