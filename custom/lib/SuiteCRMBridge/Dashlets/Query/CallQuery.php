<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers to call now whom nobody has called in the last days: the bridge hears of a call with its next run. */
final class CallQuery
{
    public const FIELDS = [
        Names::SEGMENT,
        Names::ACTION,
        Names::ACTION_REASON,
        Names::ACTION_DUE,
        Names::VALUE_AT_STAKE,
    ];

    public const ACTION = 'call_now';
    private const DAYS = 2;
    private const CONTACTS = 'Contacts';

    /** @return array<int, array{id: string, segment: string, reason: string, due: string, amount: float}> */
    public static function run(Table $customers, string $module, string $now, int $limit): array
    {
        $sql = 'SELECT ' . $customers->name() . '.id AS id,'
            . ' ' . $customers->column(Names::SEGMENT) . ' AS segment,'
            . ' ' . $customers->column(Names::ACTION_REASON) . ' AS reason,'
            . ' ' . $customers->column(Names::ACTION_DUE) . ' AS due,'
            . ' ' . $customers->column(Names::VALUE_AT_STAKE) . ' AS amount'
            . self::rest($customers, $module, $now)
            . ' ORDER BY ' . $customers->column(Names::VALUE_AT_STAKE) . ' DESC, ' . $customers->name() . '.id';
        $found = [];
        foreach ($customers->rows($sql, $limit) as $row) {
            $found[] = [
                'id' => $row['id'],
                'segment' => (string) $row['segment'],
                'reason' => (string) $row['reason'],
                'due' => (string) $row['due'],
                'amount' => (float) $row['amount'],
            ];
        }
        return $found;
    }

    /** How many there are, shown or not. */
    public static function count(Table $customers, string $module, string $now): int
    {
        $rows = $customers->rows('SELECT COUNT(*) AS customers' . self::rest($customers, $module, $now));
        return (int) ($rows[0]['customers'] ?? 0);
    }

    /** Whether a customer is one of those whom the user may list. */
    public static function mayList(Table $customers, string $id): bool
    {
        $isMeant = $customers->name() . '.id IN ' . $customers->values([$id]);
        return $customers->rows('SELECT ' . $customers->name() . '.id AS id FROM ' . $customers->from()
            . ' WHERE ' . $customers->where([$isMeant]), 1) !== [];
    }

    private static function rest(Table $customers, string $module, string $now): string
    {
        // From the start of a day, so that the statement stays the same and its rows may be kept a moment.
        $since = gmdate('Y-m-d 00:00:00', strtotime($now . ' UTC') - self::DAYS * 86400);
        $held = "calls.deleted = 0 AND calls.status = 'Held' AND calls.date_start >= " . $customers->value($since);
        $id = $customers->name() . '.id';
        $conditions = [
            $customers->column(Names::ACTION) . ' = ' . $customers->value(self::ACTION),
            "NOT EXISTS (SELECT 1 FROM calls WHERE calls.parent_id = $id"
                . ' AND calls.parent_type = ' . $customers->value($module) . " AND $held)",
        ];
        if ($module === self::CONTACTS) {
            $conditions[] = 'NOT EXISTS (SELECT 1 FROM calls_contacts INNER JOIN calls ON calls.id = calls_contacts.call_id'
                . " WHERE calls_contacts.contact_id = $id AND calls_contacts.deleted = 0 AND $held)";
        }
        return ' FROM ' . $customers->from() . ' WHERE ' . $customers->where($conditions);
    }
}
