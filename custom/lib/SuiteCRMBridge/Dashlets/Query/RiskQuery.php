<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers who are at risk or lost, as the catalogue says it, and those of them to call or win back. */
final class RiskQuery
{
    public const FIELDS = [
        Names::SEGMENT,
        Names::STANDING,
        Names::ACTION,
        Names::ACTION_REASON,
        Names::VALUE_AT_STAKE,
        Names::PURCHASES,
        Names::LIFETIME_VALUE,
    ];

    public static function sql(Table $customers, string $amount): string
    {
        $segment = $customers->column(Names::SEGMENT);
        return "SELECT $segment AS segment, COUNT(*) AS customers,"
            . ' SUM(' . $customers->column($amount) . ') AS amount'
            . ' FROM ' . $customers->from()
            . ' WHERE ' . $customers->where([self::isLeaving($customers)])
            . " GROUP BY $segment";
    }

    public static function topSql(Table $customers, string $amount): string
    {
        $action = $customers->column(Names::ACTION);
        $isToCall = $action . ' IN ' . $customers->values(Catalogue::TO_CALL);
        return 'SELECT ' . $customers->name() . '.id AS id,'
            . ' ' . $customers->column(Names::SEGMENT) . ' AS segment,'
            . " $action AS action, " . $customers->column(Names::ACTION_REASON) . ' AS reason,'
            . ' ' . $customers->column($amount) . ' AS amount'
            . ' FROM ' . $customers->from()
            . ' WHERE ' . $customers->where([$isToCall])
            . ' ORDER BY ' . $customers->column(Names::VALUE_AT_STAKE) . ' DESC,'
            . ' ' . $customers->column(Names::PURCHASES) . ' DESC, ' . $customers->name() . '.id';
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

    /**
     * Those to call or win back, the highest value at stake first, whatever amount is shown.
     *
     * @return array<int, array{id: string, segment: string, action: string, reason: string, amount: float}>
     */
    public static function top(Table $customers, string $amount, int $limit): array
    {
        $top = [];
        foreach ($customers->rows(self::topSql($customers, $amount), $limit) as $row) {
            $top[] = [
                'id' => $row['id'],
                'segment' => (string) $row['segment'],
                'action' => (string) $row['action'],
                'reason' => (string) $row['reason'],
                'amount' => (float) $row['amount'],
            ];
        }
        return $top;
    }

    private static function isLeaving(Table $customers): string
    {
        return $customers->column(Names::STANDING) . ' IN ' . $customers->values(Catalogue::LEAVING);
    }
}
