<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers by recency and frequency score. */
final class MapQuery
{
    public const FIELDS = [Names::SEGMENT, Names::RECENCY, Names::FREQUENCY];

    public static function sql(Table $customers): string
    {
        $recency = $customers->column(Names::RECENCY);
        $frequency = $customers->column(Names::FREQUENCY);
        return "SELECT $recency AS recency, $frequency AS frequency, COUNT(*) AS customers"
            . ' FROM ' . $customers->from()
            . ' WHERE ' . $customers->where(["$recency IS NOT NULL", "$frequency IS NOT NULL"])
            . " GROUP BY $recency, $frequency";
    }

    /** @return array<int, array<int, int>> customers by recency, then frequency */
    public static function run(Table $customers): array
    {
        $counts = [];
        foreach ($customers->rows(self::sql($customers)) as $row) {
            $counts[(int) $row['recency']][(int) $row['frequency']] = (int) $row['customers'];
        }
        return $counts;
    }
}
