<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET digests/{module}: one number for what the package's fields, or the addresses, hold in all of a module's records. */
final class Digests implements Route
{
    public function answer(Request $request, Output $output): void
    {
        $module = $request->name();
        Access::checkModule($module);
        $fields = Digest::fields($module);
        if ($fields === []) {
            throw new Refusal('unknown_module', ['name' => $module]);
        }
        $access = Access::readable($module);
        $given = $request->parameters(['columns']);
        $bean = \BeanFactory::newBean($module);
        $database = new Database();
        $columns = new Columns($module, $bean->table_name, Present::definitions($database, $bean));
        $names = self::names($module, $given['columns'] ?? '', array_keys($fields));
        $expressions = $columns->expressions($names);
        $sql = Digest::select(
            $bean->table_name,
            Digest::expressions($expressions, $fields),
            $columns->join(array_merge($expressions, [$access])),
            $access
        );
        foreach ($database->rows($sql) as $row) {
            $output->writeJson(['records' => (int) $row['records'], 'digest' => (string) $row['digest']]);
        }
    }

    /**
     * @param string[] $known
     * @return string[]
     */
    private static function names(string $module, string $columns, array $known): array
    {
        if ($columns === '') {
            throw new Refusal('missing_parameter', ['name' => 'columns'], 'columns');
        }
        $names = explode(',', $columns);
        foreach ($names as $place => $name) {
            if (!in_array($name, $known, true)) {
                throw new Refusal('unknown_column', ['module' => $module, 'column' => $name], sprintf('columns[%d]', $place));
            }
        }
        return array_values(array_unique($names));
    }
}
