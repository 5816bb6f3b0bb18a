<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Output;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * What the card shows beside a record's fields, in two tables of the package's own: what an action stands on
 * and what was bought month by month; and since when segment, action, programme and complaints are as they are.
 *
 * They come and go with the package; the bridge knows what was in them.
 */
final class Cards
{
    public const SEGMENT = 'segment';
    public const ACTION = 'action';
    public const PROGRAMME = 'programme';
    public const COMPLAINT = 'complaint';
    public const WHAT = [self::SEGMENT, self::ACTION, self::PROGRAMME, self::COMPLAINT];

    private const FACTS = 'suitecrmbridge_cards';
    private const CHANGES = 'suitecrmbridge_changes';
    private const MOST = 100;
    private const CHUNK = 500;

    public static function install(): void
    {
        $database = new Database();
        $database->run('CREATE TABLE IF NOT EXISTS ' . self::FACTS . ' (module VARCHAR(20) NOT NULL,'
            . ' customer_id CHAR(36) NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (module, customer_id))');
        $database->run('CREATE TABLE IF NOT EXISTS ' . self::CHANGES . ' (module VARCHAR(20) NOT NULL,'
            . ' customer_id CHAR(36) NOT NULL, what VARCHAR(10) NOT NULL, since DATE NOT NULL,'
            . ' value VARCHAR(100) NOT NULL, PRIMARY KEY (module, customer_id, what, since))');
    }

    public static function remove(): void
    {
        $database = new Database();
        foreach ([self::FACTS, self::CHANGES] as $table) {
            $database->run('DROP TABLE IF EXISTS ' . $table);
        }
    }

    /**
     * Keep what is told of customers, in the place of what was told before.
     *
     * @param array<string, array{facts: array<string, mixed>, changes: string[][]}> $cards by id
     * @param string[] $gone ids of those of whom there is nothing to show any more
     */
    public static function put(string $module, array $cards, array $gone): void
    {
        $database = new Database();
        $database->transaction(static function () use ($database, $module, $cards, $gone): void {
            $ids = array_merge(array_map('strval', array_keys($cards)), $gone);
            foreach (array_chunk($ids, self::CHUNK) as $some) {
                foreach ([self::FACTS, self::CHANGES] as $table) {
                    $database->run(sprintf(
                        'DELETE FROM %s WHERE module = %s AND customer_id IN (%s)',
                        $table,
                        $database->text($module),
                        $database->texts($some)
                    ));
                }
            }
            foreach (array_chunk($cards, self::CHUNK, true) as $some) {
                self::insert($database, $module, $some);
            }
        });
    }

    /** @return array<string, mixed> what the card of a customer stands on besides, empty where nothing was told */
    public static function facts(string $module, string $id): array
    {
        $database = new Database();
        $rows = $database->rows('SELECT facts FROM ' . self::FACTS . self::where($database, $module, $id));
        foreach ($rows as $row) {
            return json_decode((string) $row['facts'], true) ?: [];
        }
        return [];
    }

    /** @return array<int, array{what: string, since: string, value: string}> the latest first */
    public static function changes(string $module, string $id): array
    {
        $database = new Database();
        $found = [];
        $rows = $database->rows('SELECT what, since, value FROM ' . self::CHANGES
            . self::where($database, $module, $id) . ' ORDER BY since DESC, what LIMIT ' . self::MOST);
        foreach ($rows as $row) {
            $found[] = ['what' => $row['what'], 'since' => $row['since'], 'value' => (string) $row['value']];
        }
        return $found;
    }

    private static function where(Database $database, string $module, string $id): string
    {
        return sprintf(' WHERE module = %s AND customer_id = %s', $database->text($module), $database->text($id));
    }

    private static function insert(Database $database, string $module, array $cards): void
    {
        $facts = $changes = [];
        foreach ($cards as $id => $card) {
            $head = $database->text($module) . ', ' . $database->text((string) $id);
            $facts[] = sprintf('(%s, %s)', $head, $database->text(Output::json($card['facts'])));
            foreach ($card['changes'] as [$what, $since, $value]) {
                $changes[] = sprintf('(%s, %s)', $head, $database->texts([$what, $since, $value]));
            }
        }
        $database->run('INSERT INTO ' . self::FACTS . ' (module, customer_id, facts) VALUES ' . implode(', ', $facts));
        if ($changes !== []) {
            $database->run('INSERT IGNORE INTO ' . self::CHANGES . ' (module, customer_id, what, since, value) VALUES '
                . implode(', ', $changes));
        }
    }
}
