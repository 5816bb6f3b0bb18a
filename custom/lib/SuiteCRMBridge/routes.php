<?php

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

// While an installer copies or removes the package's files, SuiteCRM's own routes go on answering.
if (class_exists(SuiteCRM\Custom\SuiteCRMBridge\Api\Routes::class)) {
    (new SuiteCRM\Custom\SuiteCRMBridge\Api\Routes())->register($app);
}
