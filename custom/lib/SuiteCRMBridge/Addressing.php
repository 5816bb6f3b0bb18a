<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Output;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Which target lists are programmes', and how often anybody may be addressed, in SuiteCRM's table of settings.
 *
 * SuiteCRM 8 asks it when it sends (extensions/suitecrmbridge). It goes with the package.
 */
final class Addressing
{
    private const CATEGORY = 'suitecrmbridge';
    private const NAME = 'addressing';

    /** @param array<string, mixed> $told mark, contacts, days, lists */
    public static function put(array $told): void
    {
        $database = new Database();
        $database->transaction(static function () use ($database, $told): void {
            $database->run(sprintf('DELETE FROM config WHERE %s', self::condition($database)));
            $database->run(sprintf(
                'INSERT INTO config (category, name, value) VALUES (%s, %s, %s)',
                $database->text(self::CATEGORY),
                $database->text(self::NAME),
                $database->text(Output::json($told))
            ));
        });
        // SuiteCRM keeps a copy of its settings.
        sugar_cache_clear('admin_settings_cache');
    }

    /** By what the bridge knows again what it told last, null where it told nothing. */
    public static function mark(): ?string
    {
        $database = new Database();
        $rows = $database->rows(sprintf('SELECT value FROM config WHERE %s', self::condition($database)));
        foreach ($rows as $row) {
            $told = json_decode((string) $row['value'], true);
            return is_array($told) ? (string) ($told['mark'] ?? '') : null;
        }
        return null;
    }

    private static function condition(Database $database): string
    {
        return sprintf(
            'category = %s AND name = %s',
            $database->text(self::CATEGORY),
            $database->text(self::NAME)
        );
    }
}
