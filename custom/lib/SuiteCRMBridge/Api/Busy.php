<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Somebody else has held a row for too long, or would have waited for us as we for them. */
final class Busy extends \RuntimeException
{
    private const LOCK_WAIT_TIMEOUT = 1205;
    private const DEADLOCK = 1213;

    /** @param string $error the database's own words */
    public static function isMeant(string $error): bool
    {
        return (bool) preg_match(sprintf('/\b(%d|%d)\b/', self::LOCK_WAIT_TIMEOUT, self::DEADLOCK), $error);
    }
}
