<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Builds the one SELECT of a page: rows beyond an id, in the order of the ids. */
final class Keyset
{
    public const HEAD = ['id', 'deleted', 'date_modified'];

    /**
     * SQL expressions of the head's columns.
     *
     * @param string $changed that of when a row changed
     * @return string[]
     */
    public static function head(string $table, string $changed): array
    {
        return [$table . '.id', $table . '.deleted', $changed];
    }

    /**
     * The order is the database's own, so that what it calls greater is what comes later.
     *
     * @param string[] $head SQL expressions of the head's columns
     * @param string[] $columns SQL expressions of those after it
     * @param string[] $conditions
     */
    public static function select(
        string $table,
        array $head,
        array $columns,
        string $join,
        array $conditions,
        int $rows
    ): string {
        foreach (array_values($columns) as $place => $expression) {
            $head[] = sprintf('%s AS c%d', $expression, $place);
        }
        return sprintf(
            'SELECT %s FROM %s%s%s ORDER BY %s.id LIMIT %d',
            implode(', ', $head),
            $table,
            $join === '' ? '' : ' ' . $join,
            $conditions === [] ? '' : ' WHERE ' . implode(' AND ', $conditions),
            $table,
            $rows + 1
        );
    }
}
