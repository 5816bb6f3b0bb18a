<?php

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

require_once 'include/SugarFields/Fields/Float/SugarFieldFloat.php';

/**
 * How SuiteCRM 7 shows an amount of the bridge's: in the base currency, as the reader writes amounts.
 *
 * Its own field of the kind takes an amount for one in the reader's currency, and writes no sign on a record.
 */
class SugarFieldSuitecrmbridge_amount extends SugarFieldFloat
{
    public function getListViewSmarty($parentFieldArray, $vardef, $displayParams, $col)
    {
        $amount = $parentFieldArray[strtoupper($vardef['name'])] ?? '';
        return is_numeric($amount) ? Html::text(Numbers::cents((float) $amount)) : '';
    }
}
