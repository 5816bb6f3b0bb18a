<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints by product and month. */
final class ComplaintsQuery
{
    public const FIELDS = [Names::COMPLAINT, Names::COMPLAINT_PRODUCT];

    public static function sql(Table $cases, Table $products, Months $months): string
    {
        $product = $cases->idColumn(Names::COMPLAINT_PRODUCT);
        $month = $cases->month('date_entered');
        $name = $products->column('name');
        $isSince = $cases->column('date_entered') . " >= '" . $months->start() . "'";
        return "SELECT $product AS product, MAX($name) AS name, $month AS month,"
            . ' COUNT(*) AS complaints'
            . ' FROM ' . $cases->from()
            . Products::join($products, $product)
            . ' WHERE ' . $cases->where([Complaint::isOne($cases), $isSince])
            . " GROUP BY $product, $month";
    }

    /** @return array<string, array{name: string, total: int, months: array<string, int>}> */
    public static function run(Table $cases, Table $products, Months $months): array
    {
        $complaints = [];
        foreach ($cases->rows(self::sql($cases, $products, $months)) as $row) {
            $key = Products::key($row);
            $line = $complaints[$key]
                ?? ['name' => (string) $row['name'], 'total' => 0, 'months' => []];
            $count = (int) $row['complaints'];
            $line['total'] += $count;
            $line['months'][$row['month']] = ($line['months'][$row['month']] ?? 0) + $count;
            $complaints[$key] = $line;
        }
        return $complaints;
    }
}
