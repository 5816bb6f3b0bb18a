<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$dictionary['Case']['fields']['suitecrmbridge_card'] = [
    'name' => 'suitecrmbridge_card',
    'vname' => 'LBL_SUITECRMBRIDGE_CARD',
    'type' => 'function',
    'source' => 'non-db',
    'studio' => 'visible',
    'massupdate' => 0,
    'importable' => 'false',
    'duplicate_merge' => 'disabled',
    'audited' => false,
    'reportable' => false,
    'inline_edit' => 0,
    'readonly' => true,
    'function' => [
        'name' => 'suitecrmbridge_card',
        'returns' => 'html',
        'include' => 'custom/lib/SuiteCRMBridge/Card/function.php',
    ],
];
$dictionary['Case']['fields']['complaint_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPLAINT_HELP';
$dictionary['Case']['fields']['complaint_product_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPLAINT_PRODUCT_HELP';
$dictionary['Case']['fields']['complaint_cause_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPLAINT_CAUSE_HELP';
$dictionary['Case']['fields']['complaint_channel_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPLAINT_CHANNEL_HELP';
$dictionary['Case']['fields']['competitor_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPETITOR_HELP';
$dictionary['Case']['fields']['first_response_hours_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_FIRST_RESPONSE_HOURS_HELP';
$dictionary['Case']['fields']['first_response_hours_c']['inline_edit'] = false;
$dictionary['Case']['fields']['first_response_hours_c']['massupdate'] = false;
$dictionary['Case']['fields']['first_response_hours_c']['readonly'] = true;
$dictionary['Case']['fields']['resolution_hours_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_RESOLUTION_HOURS_HELP';
$dictionary['Case']['fields']['resolution_hours_c']['inline_edit'] = false;
$dictionary['Case']['fields']['resolution_hours_c']['massupdate'] = false;
$dictionary['Case']['fields']['resolution_hours_c']['readonly'] = true;
$dictionary['Case']['fields']['waiting_hours_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_WAITING_HOURS_HELP';
$dictionary['Case']['fields']['waiting_hours_c']['inline_edit'] = false;
$dictionary['Case']['fields']['waiting_hours_c']['massupdate'] = false;
$dictionary['Case']['fields']['waiting_hours_c']['readonly'] = true;
$dictionary['Case']['fields']['sla_breached_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_SLA_BREACHED_HELP';
$dictionary['Case']['fields']['sla_breached_c']['inline_edit'] = false;
$dictionary['Case']['fields']['sla_breached_c']['massupdate'] = false;
$dictionary['Case']['fields']['sla_breached_c']['readonly'] = true;
$dictionary['Case']['fields']['promised_by_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_PROMISED_BY_HELP';
$dictionary['Case']['fields']['promised_by_c']['inline_edit'] = false;
$dictionary['Case']['fields']['promised_by_c']['massupdate'] = false;
$dictionary['Case']['fields']['promised_by_c']['readonly'] = true;
$dictionary['Case']['fields']['complaint_theme_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPLAINT_THEME_HELP';
$dictionary['Case']['fields']['complaint_theme_c']['inline_edit'] = false;
$dictionary['Case']['fields']['complaint_theme_c']['massupdate'] = false;
$dictionary['Case']['fields']['complaint_theme_c']['readonly'] = true;
$dictionary['Case']['fields']['customer_segment_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_CUSTOMER_SEGMENT_HELP';
$dictionary['Case']['fields']['customer_segment_c']['inline_edit'] = false;
$dictionary['Case']['fields']['customer_segment_c']['massupdate'] = false;
$dictionary['Case']['fields']['customer_segment_c']['readonly'] = true;
