<?php
if (ACLController::checkAccess('ProspectLists', 'edit', true)) {
    $module_menu[] = [
        'index.php?module=ProspectLists&action=suitecrmbridge',
        $GLOBALS['app_strings']['LBL_SUITECRMBRIDGE_FILL_MENU'] ?? 'SuiteCRM Bridge',
        'List',
        'ProspectLists',
    ];
}
