<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$mod_strings['LBL_SUITECRMBRIDGE_PANEL'] = 'Chance and value';
$mod_strings['LBL_SUITECRMBRIDGE_NO_PROFILING'] = 'Oposición a la elaboración de perfiles';
$mod_strings['LBL_SUITECRMBRIDGE_COMPETITOR'] = 'Competidor mencionado';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_SCORE'] = 'Chance of becoming a customer (%)';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_VALUE'] = 'Value expected';
$mod_strings['LBL_SUITECRMBRIDGE_LEAD_REASON'] = 'Reason for the chance';
