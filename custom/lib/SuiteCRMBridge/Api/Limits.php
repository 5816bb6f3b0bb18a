<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** How many rows a request may have, and how many bytes an answer. */
final class Limits
{
    public const RECORDS = 20000;
    public const LINKS = 50000;
    public const SCORES = 5000;
    /** Records whose change of segment is announced: each is saved by itself, which takes time. */
    public const ANNOUNCED = 50;
    public const MEMBERS = 5000;
    public const BYTES = 8388608;

    /** @return array<string, int> */
    public static function all(): array
    {
        return [
            'records' => self::RECORDS,
            'links' => self::LINKS,
            'scores' => self::SCORES,
            'announced' => self::ANNOUNCED,
            'members' => self::MEMBERS,
            'bytes' => self::BYTES,
        ];
    }
}
