<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Indexes on the fields that people filter by; vardefs cannot ask for them on custom fields. */
final class Indexes
{
    private const PREFIX = 'idx_scrmbridge_';

    public static function create(): void
    {
        foreach (self::tables() as $table => $fields) {
            $leading = array_column(array_column(self::existing($table), 'fields'), 0);
            foreach (array_diff($fields, $leading) as $field) {
                self::run('CREATE INDEX ' . self::name($field) . " ON $table ($field)");
            }
        }
    }

    public static function remove(): void
    {
        foreach (self::tables() as $table => $fields) {
            $own = array_map([self::class, 'name'], $fields);
            foreach (array_intersect($own, array_keys(self::existing($table))) as $name) {
                self::run("DROP INDEX $name ON $table");
            }
        }
    }

    private static function name(string $field): string
    {
        return self::PREFIX . $field;
    }

    /** @return array<string, string[]> fields to index by table */
    private static function tables(): array
    {
        $tables = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            $table = \BeanFactory::newBean($module)->table_name . '_cstm';
            $tables[$table] = array_keys(array_filter($fields, static function (array $field): bool {
                return $field['indexed'] ?? false;
            }));
        }
        return $tables;
    }

    /** @return array<string, array<string, mixed>> */
    private static function existing(string $table): array
    {
        return \DBManagerFactory::getInstance()->get_indices($table);
    }

    private static function run(string $statement): void
    {
        $database = \DBManagerFactory::getInstance();
        if ($database->query($statement) === false) {
            $GLOBALS['log']->error("SuiteCRM Bridge: $statement: " . $database->lastDbError());
        }
    }
}
