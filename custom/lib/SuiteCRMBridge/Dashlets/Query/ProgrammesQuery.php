<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** How many are on target lists, of those that the user may list. */
final class ProgrammesQuery
{
    private const MEMBERS = 'prospect_lists_prospects';

    /** @param string[] $ids */
    public static function sql(Table $lists, array $ids): string
    {
        $id = $lists->name() . '.id';
        return "SELECT $id AS id, COUNT(" . self::MEMBERS . '.id) AS members FROM ' . $lists->name()
            . ' LEFT JOIN ' . self::MEMBERS . ' ON ' . self::MEMBERS . ".prospect_list_id = $id"
            . ' AND ' . self::MEMBERS . '.deleted = 0'
            . ' WHERE ' . $lists->where(["$id IN " . $lists->values($ids)])
            . " GROUP BY $id";
    }

    /**
     * @param string[] $ids
     * @return array<string, int> by the list's id
     */
    public static function run(Table $lists, array $ids): array
    {
        $members = [];
        foreach ($lists->rows(self::sql($lists, $ids)) as $row) {
            $members[$row['id']] = (int) $row['members'];
        }
        return $members;
    }
}
