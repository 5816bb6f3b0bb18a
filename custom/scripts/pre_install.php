<?php

use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreContainer;
use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreExtension;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Files;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Room;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Strangers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Refuse what would take somebody's field over or does not fit, then take away the older version's files
 * before SuiteCRM keeps them as something to restore.
 */
function pre_install()
{
    require_once __DIR__ . '/loader.php';
    Strangers::refuse(suitecrmbridge_tree());
    Room::make(suitecrmbridge_tree());
    CoreContainer::hold(CoreExtension::ROOT);
    CoreExtension::remove();
    Files::remove(suitecrmbridge_tree());
}
