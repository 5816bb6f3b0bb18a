<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET history/{module}: a page of what SuiteCRM's audit table keeps of some columns. */
final class History implements Route
{
    private const PARAMETERS = ['after', 'modified_from', 'modified_to', 'limit', 'max_bytes'];
    private const COLUMNS = [
        'parent_id' => 'parent_id',
        'created_by' => 'created_by',
        'field_name' => 'field_name',
        'before' => 'before_value_string',
        'after' => 'after_value_string',
    ];

    public function answer(Request $request, Output $output): void
    {
        $module = $request->name();
        $fields = Catalogue::MODULES[$module]['history'] ?? [];
        if ($fields === []) {
            throw new Refusal('unknown_module', ['name' => $module]);
        }
        if (!Access::mayRead($module)) {
            throw new Refusal('no_access', ['module' => $module]);
        }
        $bean = \BeanFactory::newBean($module);
        $table = $bean->get_audit_table_name();
        $access = Access::reachable($table . '.parent_id', $module);
        $window = new Window($request->parameters(self::PARAMETERS), Limits::RECORDS);
        $database = new Database();
        $conditions = array_merge(
            $window->bounds($table, $table . '.date_created', [$database, 'text']),
            [sprintf('%s.field_name IN (%s)', $table, $database->texts($fields))],
            $access === '' ? [] : [$access]
        );
        $sql = self::select($table, $conditions, $window->rows());
        $rows = $bean->is_AuditEnabled() ? $database->stream($sql) : [];
        (new Page($output))->write(array_keys(self::COLUMNS), $rows, $window->rows(), $window->bytes());
    }

    /** @param string[] $conditions */
    private static function select(string $table, array $conditions, int $rows): string
    {
        $columns = array_map(static function (string $column) use ($table): string {
            return $table . '.' . $column;
        }, self::COLUMNS);
        $head = [$table . '.id', '0', $table . '.date_created'];
        return Keyset::select($table, $head, $columns, '', $conditions, $rows);
    }
}
