<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What a module's fields are that are really there: somebody may have deleted one, in Studio or past it. */
final class Present
{
    /**
     * @param \SugarBean $bean
     * @return array<string, array<string, mixed>> the module's vardefs, without custom fields that have no column
     */
    public static function definitions(Database $database, $bean): array
    {
        $columns = self::customColumns($database, $bean->table_name);
        return array_filter($bean->field_defs, static function ($definition, $name) use ($columns) {
            return ($definition['source'] ?? '') !== 'custom_fields' || isset($columns[$name]);
        }, ARRAY_FILTER_USE_BOTH);
    }

    /** @return array<string, true> */
    private static function customColumns(Database $database, string $table): array
    {
        $rows = $database->rows('SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS'
            . ' WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ' . $database->text($table . '_cstm'));
        return array_fill_keys(array_column(iterator_to_array($rows, false), 'name'), true);
    }
}
