<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$dictionary['Lead']['fields']['no_profiling_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_NO_PROFILING_HELP';
$dictionary['Lead']['fields']['competitor_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPETITOR_HELP';
$dictionary['Lead']['fields']['lead_score_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_LEAD_SCORE_HELP';
$dictionary['Lead']['fields']['lead_score_c']['inline_edit'] = false;
$dictionary['Lead']['fields']['lead_score_c']['massupdate'] = false;
$dictionary['Lead']['fields']['lead_score_c']['readonly'] = true;
$dictionary['Lead']['fields']['lead_value_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_LEAD_VALUE_HELP';
$dictionary['Lead']['fields']['lead_value_c']['custom_type'] = 'suitecrmbridge_amount';
$dictionary['Lead']['fields']['lead_value_c']['inline_edit'] = false;
$dictionary['Lead']['fields']['lead_value_c']['massupdate'] = false;
$dictionary['Lead']['fields']['lead_value_c']['readonly'] = true;
$dictionary['Lead']['fields']['lead_reason_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_LEAD_REASON_HELP';
$dictionary['Lead']['fields']['lead_reason_c']['inline_edit'] = false;
$dictionary['Lead']['fields']['lead_reason_c']['massupdate'] = false;
$dictionary['Lead']['fields']['lead_reason_c']['readonly'] = true;
