<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A statement failed; SuiteCRM's log says why. */
final class QueryFailed extends \RuntimeException
{
}
