<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Open tasks about complaints, among them those that the bridge opens, alarms too. */
final class TasksQuery
{
    private const DONE = ['Completed', 'Deferred'];

    public static function sql(Table $tasks, Table $cases, string $parentType): string
    {
        // Tasks have a table of custom fields only once there is one.
        return 'SELECT ' . $tasks->name() . '.id AS id, ' . $tasks->column('name') . ' AS name,'
            . ' ' . $tasks->column('date_due') . ' AS due'
            . ' FROM ' . $tasks->name()
            . ' INNER JOIN ' . $cases->from() . ' ON ' . $cases->name() . '.id = ' . $tasks->column('parent_id')
            . ' WHERE ' . $tasks->where([
                $tasks->column('parent_type') . ' IN ' . $tasks->values([$parentType]),
                'COALESCE(' . $tasks->column('status') . ", '') NOT IN " . $tasks->values(self::DONE),
                $cases->where([Complaint::isOne($cases)]),
            ])
            . ' ORDER BY ' . $tasks->column('date_entered') . ' DESC, ' . $tasks->name() . '.id';
    }

    /** @return array<int, array<string, string>> id, name, due (UTC); the latest first */
    public static function latest(Table $tasks, Table $cases, string $parentType, int $limit): array
    {
        return $tasks->rows(self::sql($tasks, $cases, $parentType), $limit);
    }
}
