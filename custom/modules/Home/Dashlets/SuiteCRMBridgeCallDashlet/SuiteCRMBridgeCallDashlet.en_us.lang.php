<?php
// Made by scripts/generate.py from the catalogue; do not edit.

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

// SuiteCRM falls back to this file in every language; the texts come in the user's own.
$dashletStrings['SuiteCRMBridgeCallDashlet'] = [
    'LBL_TITLE' => \SuiteCRM\Custom\SuiteCRMBridge\Texts::get('dashlet_call_title'),
    'LBL_DESCRIPTION' => \SuiteCRM\Custom\SuiteCRMBridge\Texts::get('dashlet_call_description'),
];
