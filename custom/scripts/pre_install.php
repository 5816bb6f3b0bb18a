<?php

use SuiteCRM\Custom\SuiteCRMBridge\Install\Files;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Take away the older version's files before SuiteCRM keeps them as something to restore. */
function pre_install()
{
    require_once __DIR__ . '/loader.php';
    Files::remove(suitecrmbridge_tree());
}
