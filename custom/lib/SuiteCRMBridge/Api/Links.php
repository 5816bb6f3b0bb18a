<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET links/{relationship}: a page of a link table. */
final class Links implements Route
{
    public function answer(Request $request, Output $output): void
    {
        $table = $request->name();
        if (!isset(Catalogue::LINKS[$table])) {
            throw Refusal::unknown('link', $table);
        }
        $sides = self::sides($table);
        $conditions = self::access($table, $sides);
        $window = new Window($request->parameters(Window::PARAMETERS), Limits::LINKS);
        $database = new Database();
        $columns = [];
        foreach (array_keys($sides) as $column) {
            $columns[$column] = $table . '.' . $column;
        }
        $conditions = array_merge($window->conditions($table, [$database, 'text']), $conditions);
        $sql = Keyset::select($table, $columns, '', $conditions, $window->rows());
        (new Page($output))->write(array_keys($columns), $database->stream($sql), $window->rows());
    }

    /** @return array<string, string> module behind each id column, by name */
    private static function sides(string $table): array
    {
        $link = Catalogue::LINKS[$table];
        $sides = [];
        foreach (Catalogue::MODULES as $module => $definition) {
            $column = strtolower($definition['object']) . '_id';
            if (in_array($column, [$link['own_id'], $link['other_id']], true)) {
                $sides[$column] = $module;
            }
        }
        return $sides;
    }

    /**
     * @param array<string, string> $sides
     * @return string[] conditions that leave the links of which the user may read both records
     */
    private static function access(string $table, array $sides): array
    {
        $conditions = [];
        foreach ($sides as $column => $module) {
            $rows = Access::readable($module);
            if ($rows !== '') {
                $conditions[] = sprintf(
                    'EXISTS (SELECT 1 FROM %1$s WHERE %1$s.id = %2$s.%3$s AND %4$s)',
                    \BeanFactory::newBean($module)->table_name,
                    $table,
                    $column,
                    $rows
                );
            }
        }
        return $conditions;
    }
}
