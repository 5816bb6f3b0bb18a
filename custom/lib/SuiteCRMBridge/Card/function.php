<?php

use SuiteCRM\Custom\SuiteCRMBridge\Card\Field;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

if (!function_exists('suitecrmbridge_card')) {
    /** What SuiteCRM calls to fill the field of this name, in every view of a record. */
    function suitecrmbridge_card($bean, $name, $value, $view)
    {
        return Field::html($bean, (string) $view);
    }
}
