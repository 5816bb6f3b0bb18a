<?php
$hook_array['after_ui_frame'][] = [
    90,
    'SuiteCRM Bridge: what an administrator put on everybody\'s screens',
    'custom/lib/SuiteCRMBridge/Offers/Hooks.php',
    'SuiteCRM\\Custom\\SuiteCRMBridge\\Offers\\Hooks',
    'home',
];
