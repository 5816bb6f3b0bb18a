<?php
// Made by scripts/generate.py from the catalogue; do not edit.

$dictionary['Opportunity']['fields']['suitecrmbridge_card'] = [
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
$dictionary['Opportunity']['fields']['competitor_c']['popupHelp'] = 'LBL_SUITECRMBRIDGE_COMPETITOR_HELP';
