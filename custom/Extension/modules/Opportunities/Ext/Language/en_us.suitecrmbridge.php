<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Competition';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Competitor named';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR_HELP'] = 'Competitor that the customer named.';
