<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Complaints that are open, or were made this month or the last. */
final class FollowUpQuery
{
    public const FIELDS = [
        Names::COMPLAINT,
        Names::COMPLAINT_PRODUCT,
        Names::BREACHED,
        Names::WAITING,
        Names::CUSTOMER_SEGMENT,
    ];

    public static function countsSql(Table $cases, TwoMonths $months): string
    {
        $open = Complaint::openness($cases);
        $waiting = $cases->column(Names::WAITING);
        $late = $cases->column(Names::BREACHED) . ' = 1';
        return 'SELECT ' . self::sums($cases, $months)
            . ", SUM(CASE WHEN $late THEN $open ELSE 0 END) AS breached"
            . ", SUM(CASE WHEN $late AND $waiting IS NULL THEN $open ELSE 0 END) AS perhaps_waited"
            . ', SUM(' . self::isFrom($cases, $months->lastStart(), $months->lastByNow()) . ') AS last_by_now'
            . ' FROM ' . $cases->from()
            . ' WHERE ' . $cases->where(self::conditions($cases, $months));
    }

    public static function productsSql(Table $cases, Table $products, TwoMonths $months): string
    {
        $id = $cases->idColumn(Names::COMPLAINT_PRODUCT);
        $product = Products::keySql($products, $id);
        return "SELECT $product AS product, MAX(" . $products->column('name') . ') AS name, '
            . self::sums($cases, $months)
            . ' FROM ' . $cases->from() . Products::join($products, $id)
            . ' WHERE ' . $cases->where(self::conditions($cases, $months))
            . " GROUP BY $product ORDER BY COUNT(*) DESC, $product";
    }

    public static function oldestSql(Table $cases): string
    {
        $made = $cases->column('date_entered');
        return 'SELECT ' . $cases->name() . '.id AS id, ' . $cases->column('case_number') . ' AS number,'
            . ' ' . $cases->column('name') . " AS name, $made AS made,"
            . ' ' . $cases->column(Names::BREACHED) . ' AS breached,'
            . ' ' . $cases->column(Names::CUSTOMER_SEGMENT) . ' AS segment'
            . ' FROM ' . $cases->from()
            . ' WHERE ' . $cases->where([Complaint::isOne($cases), Complaint::openness($cases) . ' = 1'])
            . " ORDER BY $made, " . $cases->name() . '.id';
    }

    /** @return array<string, int> open, breached (of those), perhaps_waited (of those), this_month, last_month, last_by_now */
    public static function counts(Table $cases, TwoMonths $months): array
    {
        return array_map('intval', $cases->rows(self::countsSql($cases, $months))[0]);
    }

    /** @return array<int, array<string, int|string>> product, name; open, this_month, last_month */
    public static function products(Table $cases, Table $products, TwoMonths $months, int $limit): array
    {
        $lines = [];
        foreach ($cases->rows(self::productsSql($cases, $products, $months), $limit) as $row) {
            $counts = array_diff_key($row, ['product' => 0, 'name' => 0]);
            $lines[] = ['product' => Products::key($row), 'name' => (string) $row['name']]
                + array_map('intval', $counts);
        }
        return $lines;
    }

    /** @return array<int, array<string, string>> id, number, name, made (UTC), breached, segment; oldest first */
    public static function oldest(Table $cases, int $limit): array
    {
        return $cases->rows(self::oldestSql($cases), $limit);
    }

    private static function sums(Table $cases, TwoMonths $months): string
    {
        return 'SUM(' . Complaint::openness($cases) . ') AS open_now'
            . ', SUM(' . self::isFrom($cases, $months->start()) . ') AS this_month'
            . ', SUM(' . self::isFrom($cases, $months->lastStart(), $months->start()) . ') AS last_month';
    }

    private static function isFrom(Table $cases, string $start, string $end = ''): string
    {
        $made = $cases->column('date_entered');
        $before = $end === '' ? '' : " AND $made < '$end'";
        return "CASE WHEN $made >= '$start'$before THEN 1 ELSE 0 END";
    }

    /** @return string[] */
    private static function conditions(Table $cases, TwoMonths $months): array
    {
        $isRecent = $cases->column('date_entered') . " >= '" . $months->lastStart() . "'";
        return [Complaint::isOne($cases), '(' . Complaint::openness($cases) . " = 1 OR $isRecent)"];
    }
}
