<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What becomes of a request whose statement fails. */
final class Statements
{
    /**
     * Let it go on.
     *
     * SuiteCRM drops a column for each field of the package, and a relate field has none. With PHP 8.1
     * mysqli began to throw then, which SuiteCRM catches from 7.14 on: before, uninstalling ended there.
     */
    public static function mayFail(): void
    {
        if (function_exists('mysqli_report')) {
            mysqli_report(MYSQLI_REPORT_OFF);
        }
    }
}
