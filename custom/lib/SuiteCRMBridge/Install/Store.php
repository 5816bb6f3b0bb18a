<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What the installer must remember until the package is uninstalled, in SuiteCRM's table of settings. */
final class Store
{
    private const CATEGORY = 'suitecrmbridgesetup';
    /** SuiteCRM's table keeps so much of a name, and cuts off the rest without a word. */
    private const LONGEST = 32;
    private const START = 23;

    /** @return array<string, mixed>|null */
    public static function read(string $name): ?array
    {
        $database = \DBManagerFactory::getInstance();
        $result = $database->query(sprintf(
            'SELECT value FROM config WHERE category = %s AND name = %s',
            $database->quoted(self::CATEGORY),
            $database->quoted(self::kept($name))
        ));
        $row = $database->fetchByAssoc($result, false);
        return $row ? json_decode(gzuncompress(base64_decode($row['value'])), true) : null;
    }

    /** @param array<string, mixed> $value */
    public static function write(string $name, array $value): void
    {
        // SuiteCRM decodes HTML entities in what it stores, which base64 has none of.
        $text = base64_encode(gzcompress(json_encode($value)));
        (new \Administration())->saveSetting(self::CATEGORY, self::kept($name), $text);
    }

    /** Remember nothing under this name any more. */
    public static function drop(string $name): void
    {
        $database = \DBManagerFactory::getInstance();
        $database->query(sprintf(
            'DELETE FROM config WHERE category = %s AND name = %s',
            $database->quoted(self::CATEGORY),
            $database->quoted(self::kept($name))
        ));
        sugar_cache_clear('admin_settings_cache');
    }

    public static function forget(): void
    {
        $database = \DBManagerFactory::getInstance();
        $database->query('DELETE FROM config WHERE category = ' . $database->quoted(self::CATEGORY));
        sugar_cache_clear('admin_settings_cache');
    }

    /** A name as it is kept: a long one is told from others by the hash of all of it. */
    private static function kept(string $name): string
    {
        return strlen($name) <= self::LONGEST
            ? $name
            : substr($name, 0, self::START) . '_' . hash('crc32b', $name);
    }
}
