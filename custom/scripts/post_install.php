<?php

use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreContainer;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Setup;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Screens, indexes and routes: only now do the fields exist. */
function post_install()
{
    require_once __DIR__ . '/loader.php';
    foreach (Setup::install(suitecrmbridge_tree()) as $problem) {
        echo '<p class="error">', htmlspecialchars($problem), '</p>';
    }
    CoreContainer::release();
}
