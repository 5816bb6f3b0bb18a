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
    /** What the package's part for version 8 needs, as seen from the legacy part. */
    private const WIDGETS = '../../core/backend/ViewDefinitions/LegacyHandler/ViewConfigMapperInterface.php';
    private const RECIPIENTS = '../../core/modules/Campaigns/Service/Email/Targets/Validation/BaseEmailTargetValidator.php';

    public static function isEight(): bool
    {
        return is_dir(self::OF_EIGHT);
    }

    /** Whether it asks which widgets stand beside a record and a list, as SuiteCRM 8.9 and later does. */
    public static function hasWidgets(): bool
    {
        return self::isEight() && is_file(self::WIDGETS);
    }

    /** Whether it asks about each recipient of a campaign, as SuiteCRM 8.9 and later does. */
    public static function asksAboutRecipients(): bool
    {
        return self::isEight() && is_file(self::RECIPIENTS);
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
