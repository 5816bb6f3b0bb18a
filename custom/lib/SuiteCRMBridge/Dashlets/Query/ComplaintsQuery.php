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

    /** A product that was deleted, or that the user may not list. */
    public const UNKNOWN = '?';
    public const NONE = '';

    public static function sql(Table $cases, Table $products, Months $months): string
    {
        $product = $cases->idColumn(Names::COMPLAINT_PRODUCT);
        $month = $cases->month('date_entered');
        $name = $products->column('name');
        $isSince = $cases->column('date_entered') . " >= '" . $months->start() . "'";
        return "SELECT $product AS product, MAX($name) AS name, $month AS month,"
            . ' COUNT(*) AS complaints'
            . ' FROM ' . $cases->from()
            . ' LEFT JOIN ' . $products->name() . ' ON ' . self::isVisible($products, $product)
            . ' WHERE ' . $cases->where([$cases->column(Names::COMPLAINT) . ' = 1', $isSince])
            . " GROUP BY $product, $month";
    }

    /** @return array<string, array{name: string, total: int, months: array<string, int>}> */
    public static function run(Table $cases, Table $products, Months $months): array
    {
        $complaints = [];
        foreach ($cases->rows(self::sql($cases, $products, $months)) as $row) {
            $key = self::key($row);
            $line = $complaints[$key]
                ?? ['name' => (string) $row['name'], 'total' => 0, 'months' => []];
            $count = (int) $row['complaints'];
            $line['total'] += $count;
            $line['months'][$row['month']] = ($line['months'][$row['month']] ?? 0) + $count;
            $complaints[$key] = $line;
        }
        return $complaints;
    }

    private static function isVisible(Table $products, string $product): string
    {
        $conditions = [$products->name() . ".id = $product"];
        if (!$products->isAllowed()) {
            $conditions[] = '1 = 0';
        }
        return $products->where($conditions);
    }

    private static function key(array $row): string
    {
        if ((string) $row['product'] === '') {
            return self::NONE;
        }
        return (string) $row['name'] === '' ? self::UNKNOWN : $row['product'];
    }
}
