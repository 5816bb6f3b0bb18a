<?php
// Made by scripts/generate.py from the catalogue; do not edit.

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

require_once 'include/Dashlets/Dashlet.php';

/** Registered under this name; everything else is in the class it extends. */
class SuiteCRMBridgeCallDashlet extends \SuiteCRM\Custom\SuiteCRMBridge\Dashlets\CallDashlet
{
}
