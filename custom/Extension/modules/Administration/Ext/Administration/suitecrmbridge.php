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
        // The icon of SuiteCRM's own repair, whose name is another one in 8.
        array_column(array_column(array_column($admin_group_header, 3), 'Administration'), 'repair')[0][4] ?? 'repair',
    ]]],
    'LBL_SUITECRMBRIDGE_PAGE_GROUP',
];
