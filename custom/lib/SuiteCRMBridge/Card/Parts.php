<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Platform;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What an administrator has switched off of the card, in SuiteCRM's table of settings; it goes with the package. */
final class Parts
{
    public const CARD = 'card';
    public const CASES = 'cases';
    public const CHANGES = 'changes';
    public const GROUPS = 'groups';
    public const SEGMENTS = 'segments';
    public const ALL = [self::CARD, self::CASES, self::CHANGES, self::GROUPS, self::SEGMENTS];

    private const CATEGORY = 'suitecrmbridge';
    private const NAME = 'card_off';

    /** @var string[]|null kept to the end of the request, for a card asks more than once */
    private static $off = null;

    public static function isOn(string $part): bool
    {
        return !in_array($part, self::off(), true);
    }

    /** @return string[] what this version of SuiteCRM can show */
    public static function here(): array
    {
        if (Platform::isEight()) {
            return Platform::hasWidgets() ? self::ALL : [];
        }
        return array_values(array_diff(self::ALL, [self::SEGMENTS]));
    }

    /** @return string[] */
    public static function off(): array
    {
        if (self::$off !== null) {
            return self::$off;
        }
        $database = new Database();
        $rows = $database->rows('SELECT value FROM config WHERE ' . self::condition($database));
        self::$off = [];
        foreach ($rows as $row) {
            self::$off = array_values(array_intersect(self::ALL, explode(' ', (string) $row['value'])));
        }
        return self::$off;
    }

    /** @return bool false where there is no such part */
    public static function turn(string $part, bool $isOn): bool
    {
        if (!in_array($part, self::ALL, true)) {
            return false;
        }
        $database = new Database();
        self::$off = null;
        $database->transaction(static function () use ($database, $part, $isOn): void {
            $off = array_diff(self::off(), [$part]);
            $database->run('DELETE FROM config WHERE ' . self::condition($database));
            $database->run(sprintf(
                'INSERT INTO config (category, name, value) VALUES (%s, %s, %s)',
                $database->text(self::CATEGORY),
                $database->text(self::NAME),
                $database->text(implode(' ', $isOn ? $off : array_merge($off, [$part])))
            ));
        });
        self::$off = null;
        // SuiteCRM keeps a copy of its settings.
        sugar_cache_clear('admin_settings_cache');
        Platform::forget();
        return true;
    }

    private static function condition(Database $database): string
    {
        return sprintf(
            'category = %s AND name = %s',
            $database->text(self::CATEGORY),
            $database->text(self::NAME)
        );
    }
}
