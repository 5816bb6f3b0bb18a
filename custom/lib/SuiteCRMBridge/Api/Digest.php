<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The SQL of a digest: the same for the same values, on each version of MySQL and MariaDB.
 *
 * Each value gets one form, whatever the session's character set and the column's type are; the MD5
 * of a record's values is cut to sixty bits, and the sum of these does not mind their order.
 */
final class Digest
{
    /** What SuiteCRM keeps of an e-mail address, which changes without a date on the record. */
    private const OF_ADDRESS = ['email_opt_out', 'invalid_email'];

    /** @return array<string, array<string, mixed>> the package's fields by the column that is stored, and those of the address */
    public static function fields(string $module): array
    {
        $fields = [];
        foreach (array_intersect(self::OF_ADDRESS, array_keys(Catalogue::MODULES[$module]['columns'] ?? [])) as $name) {
            // Its form as a number is the same, and asks for the value once.
            $fields[$name] = ['type' => 'int'];
        }
        foreach (Catalogue::FIELDS[$module] ?? [] as $name => $field) {
            $fields[$field['id_name'] ?? $name] = $field;
        }
        return $fields;
    }

    /**
     * @param array<string, string> $columns SQL expressions by column
     * @param array<string, array<string, mixed>> $fields
     * @return string[] those of the values in their one form, '' where there is nothing
     */
    public static function expressions(array $columns, array $fields): array
    {
        $forms = [];
        foreach ($columns as $name => $column) {
            $forms[] = self::form($column, $fields[$name]);
        }
        return $forms;
    }

    /** @param string[] $forms */
    public static function select(string $table, array $forms, string $join, string $access): string
    {
        array_unshift($forms, self::bytes($table . '.id'));
        return sprintf(
            'SELECT COUNT(*) AS records, COALESCE(SUM(CAST(CONV(SUBSTRING(MD5(CONCAT(%s)), 1, 15), 16, 10)'
            . ' AS UNSIGNED)), 0) AS digest FROM %s%s WHERE %s.deleted = 0%s',
            implode(", '|', ", $forms),
            $table,
            $join === '' ? '' : ' ' . $join,
            $table,
            $access === '' ? '' : ' AND ' . $access
        );
    }

    /** @param array<string, mixed> $field */
    private static function form(string $column, array $field): string
    {
        switch ($field['type']) {
            case 'int':
                return sprintf("COALESCE(CAST(CAST(%s AS SIGNED) AS CHAR), '')", $column);
            case 'decimal':
                $number = sprintf('CAST(%s AS DECIMAL(38,%d))', $column, $field['scale']);
                // What is rounded to nothing keeps its sign in some versions.
                return sprintf("COALESCE(IF(%1\$s = 0, '0', CAST(%1\$s AS CHAR)), '')", $number);
            case 'bool':
                return sprintf("CASE %s WHEN 0 THEN '0' WHEN 1 THEN '1' ELSE '' END", $column);
            case 'date':
                return self::moment($column, 10);
            case 'datetime':
                // The stock API knows no seconds.
                return self::moment($column, 16);
            default:
                // Its length goes first, so that no text can pass for two; LENGTH minds blanks, = does not.
                return sprintf(
                    "CASE WHEN LENGTH(%1\$s) > 0 THEN CONCAT(LENGTH(%2\$s), ':', %2\$s) ELSE '' END",
                    $column,
                    self::bytes($column)
                );
        }
    }

    private static function moment(string $column, int $length): string
    {
        $text = sprintf('CAST(%s AS CHAR)', $column);
        return sprintf(
            "CASE WHEN %1\$s LIKE '0000-00-00%%' THEN '' ELSE COALESCE(LEFT(%1\$s, %2\$d), '') END",
            $text,
            $length
        );
    }

    private static function bytes(string $column): string
    {
        return sprintf('CAST(CONVERT(%s USING utf8mb4) AS BINARY)', $column);
    }
}
