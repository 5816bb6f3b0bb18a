<?php
$hook_array['after_ui_frame'][] = [
    90,
    'SuiteCRM Bridge: what a list is filtered by, and the way to a target list',
    'custom/lib/SuiteCRMBridge/Lists/ListHook.php',
    'SuiteCRM\\Custom\\SuiteCRMBridge\\Lists\\ListHook',
    'show',
];
