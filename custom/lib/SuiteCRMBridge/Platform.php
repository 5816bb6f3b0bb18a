<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Which SuiteCRM this is, where it matters. */
final class Platform
{
    /** What only the legacy part of SuiteCRM 8 has. */
    private const OF_EIGHT = 'include/portability';

    public static function isEight(): bool
    {
        return is_dir(self::OF_EIGHT);
    }
}
