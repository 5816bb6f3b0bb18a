<?php

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

$dashletMeta['SuiteCRMBridgeRiskDashlet'] = [
    'module' => 'Contacts',
    'title' => 'LBL_TITLE',
    'description' => 'LBL_DESCRIPTION',
    'icon' => '',
    'category' => 'Charts',
];
