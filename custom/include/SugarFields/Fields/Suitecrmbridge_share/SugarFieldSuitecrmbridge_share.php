<?php

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

require_once 'include/SugarFields/Fields/Float/SugarFieldFloat.php';

/** How SuiteCRM 7 shows a share of the bridge's: in percent, as sentences say it, though 1 is stored for the whole. */
class SugarFieldSuitecrmbridge_share extends SugarFieldFloat
{
    private const DIGITS = 1;

    public function getListViewSmarty($parentFieldArray, $vardef, $displayParams, $col)
    {
        $share = $parentFieldArray[strtoupper($vardef['name'])] ?? '';
        return is_numeric($share) ? Html::text(Numbers::percent((float) $share, self::DIGITS)) : '';
    }
}
