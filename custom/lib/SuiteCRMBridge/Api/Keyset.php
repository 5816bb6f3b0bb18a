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
     * The order is the database's own, so that what it calls greater is what comes later.
     *
     * @param array<string, string> $columns SQL expression of each column after the head
     * @param string $changed SQL expression of when a row changed
     * @param string[] $conditions
     */
    public static function select(
        string $table,
        array $columns,
        string $changed,
        string $join,
        array $conditions,
        int $rows
    ): string {
        $selected = [$table . '.id', $table . '.deleted', $changed];
        foreach (array_values($columns) as $place => $expression) {
            $selected[] = sprintf('%s AS c%d', $expression, $place);
        }
        return sprintf(
            'SELECT %s FROM %s%s%s ORDER BY %s.id LIMIT %d',
            implode(', ', $selected),
            $table,
            $join === '' ? '' : ' ' . $join,
            $conditions === [] ? '' : ' WHERE ' . implode(' AND ', $conditions),
            $table,
            $rows + 1
        );
    }
}
