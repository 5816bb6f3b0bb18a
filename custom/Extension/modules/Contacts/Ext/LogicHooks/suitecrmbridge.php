<?php
$hook_array['after_ui_frame'][] = [
    90,
    'SuiteCRM Bridge: the way from a list to a target list',
    'custom/lib/SuiteCRMBridge/Targets/ListHook.php',
    'SuiteCRM\\Custom\\SuiteCRMBridge\\Targets\\ListHook',
    'show',
];
