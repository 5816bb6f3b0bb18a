<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers by segment. */
final class SegmentsQuery
{
    public const FIELDS = [Names::SEGMENT];

    public static function sql(Table $customers): string
    {
        $segment = $customers->column(Names::SEGMENT);
        return "SELECT $segment AS segment, COUNT(*) AS customers"
            . ' FROM ' . $customers->from()
            . ' WHERE ' . $customers->where(["$segment IS NOT NULL", "$segment <> ''"])
            . " GROUP BY $segment";
    }

    /** @return array<string, int> */
    public static function run(Table $customers): array
    {
        $counts = [];
        foreach ($customers->rows(self::sql($customers)) as $row) {
            $counts[$row['segment']] = (int) $row['customers'];
        }
        return $counts;
    }
}
