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
    private const CACHE = self::OF_EIGHT . '/Services/Cache/CacheManager.php';
    private const EVERYTHING = 'rebuild_all';

    public static function isEight(): bool
    {
        return is_dir(self::OF_EIGHT);
    }

    /** SuiteCRM 8 keeps labels and layouts in a cache of its own, and makes it anew when told. */
    public static function forget(): void
    {
        if (!is_file(self::CACHE)) {
            return;
        }
        require_once self::CACHE;
        $cache = class_exists('CacheManager') ? new \CacheManager() : null;
        if ($cache !== null && method_exists($cache, 'checkIfCacheTableExists')) {
            $cache->checkIfCacheTableExists();
        }
        if ($cache !== null && method_exists($cache, 'markAsNeedsUpdate')) {
            $cache->markAsNeedsUpdate(self::EVERYTHING);
        }
    }
}
