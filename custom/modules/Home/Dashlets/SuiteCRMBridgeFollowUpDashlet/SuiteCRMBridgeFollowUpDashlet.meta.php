<?php

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

$dashletMeta['SuiteCRMBridgeFollowUpDashlet'] = [
    'module' => 'Cases',
    'title' => 'LBL_TITLE',
    'description' => 'LBL_DESCRIPTION',
    'icon' => '',
    'category' => 'Charts',
];
