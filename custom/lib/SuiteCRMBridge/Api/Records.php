<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET records/{module}: a page of a module's records. */
final class Records implements Route
{
    public function answer(Request $request, Output $output): void
    {
        $module = $request->name();
        Access::checkModule($module);
        $access = Access::readable($module);
        $given = $request->parameters(array_merge(Window::PARAMETERS, ['to_id', 'columns']));
        $window = new Window($given, Limits::RECORDS);
        $bean = \BeanFactory::newBean($module);
        $database = new Database();
        $columns = new Columns($module, $bean->table_name, Present::definitions($database, $bean));
        $expressions = $columns->expressions(self::names($given['columns'] ?? ''));
        $changed = $columns->changed(Catalogue::MODULES[$module]['changed']);
        $conditions = $window->conditions($bean->table_name, $changed, [$database, 'text']);
        if ($access !== '') {
            $conditions[] = $access;
        }
        $sql = Keyset::select(
            $bean->table_name,
            Keyset::head($bean->table_name, $changed),
            $expressions,
            $columns->join(array_merge($expressions, [$access])),
            $conditions,
            $window->rows()
        );
        $rows = $database->stream($sql);
        (new Page($output))->write(array_keys($expressions), $rows, $window->rows(), $window->bytes());
    }

    /** @return string[] the names asked for, without those that always come first */
    private static function names(string $columns): array
    {
        if ($columns === '') {
            throw new Refusal('missing_parameter', ['name' => 'columns'], 'columns');
        }
        return array_values(array_diff(array_unique(explode(',', $columns)), Keyset::HEAD));
    }
}
