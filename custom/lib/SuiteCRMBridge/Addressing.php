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
    private const CHUNK = 100;

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
        return self::told()['mark'] ?? null;
    }

    /** Whether a list is a programme's. */
    public static function has(string $list): bool
    {
        return isset(self::told()['lists'][$list]);
    }

    /**
     * Take everybody off the programmes' lists, and out of the queue of mails for them: once the package is gone,
     * nobody keeps them up to date or is asked about a recipient. Control lists, to which nothing is sent, stay.
     */
    public static function emptyLists(): void
    {
        $database = new Database();
        $lists = array_map('strval', array_keys(self::told()['lists'] ?? []));
        foreach (array_chunk($lists, self::CHUNK) as $chunk) {
            $database->run(sprintf(
                'UPDATE prospect_lists_prospects SET deleted = 1, date_modified = %s'
                . ' WHERE prospect_list_id IN (%s) AND deleted = 0',
                $database->text(gmdate('Y-m-d H:i:s')),
                $database->texts($chunk)
            ));
            $database->run('DELETE FROM emailman WHERE list_id IN (' . $database->texts($chunk) . ')');
        }
    }

    /** @return array<string, mixed> */
    private static function told(): array
    {
        $database = new Database();
        $rows = $database->rows(sprintf('SELECT value FROM config WHERE %s', self::condition($database)));
        foreach ($rows as $row) {
            return json_decode((string) $row['value'], true) ?: [];
        }
        return [];
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
