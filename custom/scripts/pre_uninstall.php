<?php

use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreContainer;
use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreExtension;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Setup;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Undo what installing did beyond files and fields, while the package's classes are there. */
function pre_uninstall()
{
    require_once __DIR__ . '/loader.php';
    CoreContainer::hold(CoreExtension::ROOT);
    foreach (Setup::uninstall() as $problem) {
        echo '<p class="error">', htmlspecialchars($problem), '</p>';
    }
}
