<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Whether the tables of custom fields take the package's columns.
 *
 * A row has a largest size, and where it is reached, SuiteCRM's installer ends halfway. In MariaDB, columns
 * that were dropped count towards it until the table is built anew: five installations use it up.
 */
final class Room
{
    private const TRIAL = 'suitecrmbridge_room';
    private const TEXT = 'no_room';
    private const TYPES = [
        'bool' => 'tinyint(1)',
        'date' => 'date',
        'datetime' => 'datetime',
        'enum' => 'varchar(100)',
        'int' => 'int(11)',
        'text' => 'text',
    ];

    /** End the installation, before anything is changed, where columns do not fit; else see that they do. */
    public static function make(string $tree): void
    {
        $database = \DBManagerFactory::getInstance();
        if ($database->dbType !== 'mysql') {
            return;
        }
        Statements::mayFail();
        $missing = self::missing($database);
        foreach ($missing as $table => $columns) {
            if ($problem = self::problem($database, $table, $columns)) {
                $said = ['table' => $table, 'columns' => count($columns), 'problem' => $problem];
                sugar_die(htmlspecialchars(ZipTexts::get($tree, self::TEXT, $said), ENT_QUOTES, 'UTF-8'));
            }
        }
        foreach (self::keepsDropped($database) ? array_keys($missing) : [] as $table) {
            self::run($database, "ALTER TABLE $table FORCE");
        }
    }

    /** @return array<string, string[]> columns to come, as SQL, by the table that is to take them */
    private static function missing(object $database): array
    {
        $missing = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            $table = \BeanFactory::newBean($module)->table_name . '_cstm';
            if ($database->tableExists($table)) {
                $there = array_change_key_case($database->get_columns($table));
                $missing[$table] = array_values(array_diff_key(self::columns($fields), $there));
            }
        }
        return array_filter($missing);
    }

    /** @return array<string, string> SQL by the name of the column */
    private static function columns(array $fields): array
    {
        $columns = [];
        foreach ($fields as $name => $field) {
            $name = $field['id_name'] ?? $name;
            $columns[$name] = "ADD COLUMN $name " . self::type($field);
        }
        return $columns;
    }

    private static function type(array $field): string
    {
        if ($field['type'] === 'decimal') {
            return "decimal({$field['digits']},{$field['scale']})";
        }
        if ($field['type'] === 'varchar') {
            return "varchar({$field['length']})";
        }
        return self::TYPES[$field['type']] ?? 'char(36)';
    }

    /** What the database says when an empty copy of a table is to take columns; "" where it takes them. */
    private static function problem(object $database, string $table, array $columns): string
    {
        $trial = self::TRIAL;
        self::run($database, "DROP TABLE IF EXISTS $trial");
        if (!self::run($database, "CREATE TABLE $trial LIKE $table")) {
            return '';
        }
        $fits = self::run($database, "ALTER TABLE $trial " . implode(', ', $columns));
        $problem = $fits ? '' : ($database->lastDbError() ?: '?');
        self::run($database, "DROP TABLE $trial");
        return $problem;
    }

    private static function keepsDropped(object $database): bool
    {
        $row = $database->fetchByAssoc($database->query('SELECT VERSION() AS version'), false);
        return stripos($row['version'] ?? '', 'mariadb') !== false;
    }

    private static function run(object $database, string $statement): bool
    {
        return $database->query($statement) !== false;
    }
}
