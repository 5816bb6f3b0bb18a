<?php
// Made by scripts/generate.py from the catalogue; do not edit.

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

$dashletMeta['SuiteCRMBridgeCallDashlet'] = [
    'module' => 'Contacts',
    'title' => 'LBL_TITLE',
    'description' => 'LBL_DESCRIPTION',
    'icon' => '',
    'category' => 'Module Views',
];
