<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Which cases are complaints, and which of them are open: the catalogue's rule as SQL. */
final class Complaint
{
    public static function isOne(Table $cases): string
    {
        $rule = Catalogue::COMPLAINTS;
        $counted = [
            'ticked' => $cases->column(Names::COMPLAINT) . ' = 1',
            'types' => self::isAmong($cases, 'type', $rule['types']),
            'all' => '1 = 1',
        ];
        $left = self::isAmong($cases, 'status', $rule['left_out']);
        $status = $cases->column('status');
        return $counted[$rule['counts']] . " AND ($status IS NULL OR NOT $left)";
    }

    /** 1 for an open case, 0 for a closed one; the state tells, or else the status. */
    public static function openness(Table $cases): string
    {
        $rule = Catalogue::COMPLAINTS;
        return 'CASE WHEN ' . self::isAmong($cases, 'state', $rule['closed_states']) . ' THEN 0'
            . ' WHEN ' . self::isAmong($cases, 'state', $rule['open_states']) . ' THEN 1'
            . ' WHEN ' . self::isAmong($cases, 'status', $rule['closed_statuses']) . ' THEN 0 ELSE 1 END';
    }

    /** @param string[] $values */
    private static function isAmong(Table $cases, string $field, array $values): string
    {
        return $values === [] ? '1 = 0' : $cases->column($field) . ' IN ' . $cases->values($values);
    }
}
