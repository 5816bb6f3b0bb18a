<?php

use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreContainer;
use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreExtension;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Files;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

// SuiteCRM runs this file by itself for a module: it calls no function in it.
require_once __DIR__ . '/loader.php';
Files::removeOverrides();
Files::remove(suitecrmbridge_tree());
CoreExtension::remove();
Store::forget();
LanguageManager::clearLanguageCache();
CoreContainer::release();
