<?php
$admin_group_header[] = [
    'LBL_SUITECRMBRIDGE_PAGE_TITLE',
    '',
    false,
    ['Administration' => ['suitecrmbridge' => [
        'Administration',
        'LBL_SUITECRMBRIDGE_PAGE_LINK',
        'LBL_SUITECRMBRIDGE_PAGE_LINK_HELP',
        './index.php?module=Administration&action=suitecrmbridge',
        'repair',
    ]]],
    'LBL_SUITECRMBRIDGE_PAGE_GROUP',
];
