<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Rows read a moment ago, so that a big CRM's home page stays quick.
 *
 * They stay in the user's session, which every installation has. The statement is the key: it holds
 * the user's rights and the options, so that neither can change behind kept rows.
 */
final class Recent
{
    private const KEY = 'suitecrmbridge_dashlets';
    private const SECONDS = 120;
    private const MOST_ROWS = 500;

    /**
     * @param callable(): array $read
     * @return array<int, array<string, string>>
     */
    public static function rows(string $statement, int $now, callable $read): array
    {
        $key = md5($statement);
        $kept = self::fresh($now);
        if (isset($kept[$key]) && !self::isRefresh()) {
            return $kept[$key]['rows'];
        }
        $rows = $read();
        if (count($rows) <= self::MOST_ROWS) {
            $kept[$key] = ['until' => $now + self::SECONDS, 'rows' => $rows];
        }
        $_SESSION[self::KEY] = $kept;
        return $rows;
    }

    /** Keep nothing any more: something was changed that rows are read from. */
    public static function forget(): void
    {
        unset($_SESSION[self::KEY]);
    }

    /** @return array<string, array{until: int, rows: array}> */
    private static function fresh(int $now): array
    {
        $fresh = [];
        foreach ($_SESSION[self::KEY] ?? [] as $key => $entry) {
            if ($entry['until'] > $now) {
                $fresh[$key] = $entry;
            }
        }
        return $fresh;
    }

    /** Whether somebody pressed the dashlet's button to refresh it. */
    private static function isRefresh(): bool
    {
        return ($_REQUEST['DynamicAction'] ?? '') === 'displayDashlet';
    }
}
