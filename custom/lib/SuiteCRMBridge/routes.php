<?php

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

(new SuiteCRM\Custom\SuiteCRMBridge\Api\Routes())->register($app);
