<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers who may be leaving: a high churn risk, or a segment that says so. */
final class RiskQuery
{
    public const AMOUNTS = [Names::PURCHASES, Names::LIFETIME_VALUE];
    public const FIELDS = [
        Names::SEGMENT,
        Names::CHURN_RISK,
        Names::PURCHASES,
        Names::LIFETIME_VALUE,
    ];

    public static function sql(Table $customers, string $amount): string
    {
        $segment = $customers->column(Names::SEGMENT);
        return "SELECT $segment AS segment, COUNT(*) AS customers,"
            . ' SUM(' . $customers->column($amount) . ') AS amount'
            . ' FROM ' . $customers->from()
            . ' WHERE ' . $customers->where([self::isAtRisk($customers)])
            . " GROUP BY $segment";
    }

    public static function topSql(Table $customers, string $amount): string
    {
        $value = $customers->column($amount);
        return 'SELECT ' . $customers->name() . '.id AS id,'
            . ' ' . $customers->column(Names::SEGMENT) . " AS segment, $value AS amount"
            . ' FROM ' . $customers->from()
            . ' WHERE ' . $customers->where([self::isAtRisk($customers), "$value > 0"])
            . " ORDER BY $value DESC, " . $customers->name() . '.id';
    }

    /** @return array<int, array{segment: string, customers: int, amount: float}> biggest first */
    public static function run(Table $customers, string $amount): array
    {
        $segments = [];
        foreach ($customers->rows(self::sql($customers, $amount)) as $row) {
            $segments[] = [
                'segment' => (string) $row['segment'],
                'customers' => (int) $row['customers'],
                'amount' => (float) $row['amount'],
            ];
        }
        usort($segments, static function (array $one, array $other): int {
            return [$other['amount'], $one['segment']] <=> [$one['amount'], $other['segment']];
        });
        return $segments;
    }

    /** @return array<int, array{id: string, segment: string, amount: float}> biggest first */
    public static function top(Table $customers, string $amount, int $limit): array
    {
        $top = [];
        foreach ($customers->rows(self::topSql($customers, $amount), $limit) as $row) {
            $top[] = [
                'id' => $row['id'],
                'segment' => (string) $row['segment'],
                'amount' => (float) $row['amount'],
            ];
        }
        return $top;
    }

    private static function isAtRisk(Table $customers): string
    {
        return '(' . $customers->column(Names::CHURN_RISK)
            . ' IN ' . $customers->values([Names::HIGH_RISK])
            . ' OR ' . $customers->column(Names::SEGMENT)
            . ' IN ' . $customers->values(Names::ENDANGERED) . ')';
    }
}
