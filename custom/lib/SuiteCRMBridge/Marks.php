<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * By what a bridge knows again the SuiteCRM that it wrote to, kept in SuiteCRM's table of settings.
 *
 * `installation` is made with the package and goes with it; `bridge` is who writes here; `state` is
 * what that bridge left last, so that a database restored from before has another.
 */
final class Marks
{
    public const NAMES = ['installation', 'bridge', 'state'];
    private const CATEGORY = 'suitecrmbridge';

    /** Make the mark of the installation; an upgrade keeps the one that is there. */
    public static function install(): void
    {
        if (self::all()['installation'] === null) {
            self::put('installation', self::random());
        }
    }

    /** @return array<string, string|null> by name */
    public static function all(): array
    {
        $database = new Database();
        $found = array_fill_keys(self::NAMES, null);
        $rows = $database->rows(sprintf(
            'SELECT name, value FROM config WHERE category = %s AND name IN (%s)',
            $database->text(self::CATEGORY),
            $database->texts(self::NAMES)
        ));
        foreach ($rows as $row) {
            $found[$row['name']] = (string) $row['value'] === '' ? null : $row['value'];
        }
        return $found;
    }

    /** Let $bridge write here from now on; false if another one does, and it shall not be replaced. */
    public static function claim(string $bridge, string $state, bool $takeOver): bool
    {
        return (new Database())->transaction(static function () use ($bridge, $state, $takeOver) {
            self::lock();
            $holder = self::all()['bridge'];
            if ($holder !== null && $holder !== $bridge && !$takeOver) {
                return false;
            }
            self::install();
            self::put('bridge', $bridge);
            self::put('state', $state);
            return true;
        });
    }

    /** Somebody wrote who does not say who it is: whoever knows the state is to look again. */
    public static function disturb(): void
    {
        self::put('state', self::random());
    }

    /** Two that claim at once come one after the other: the mark of the installation is their lock. */
    private static function lock(): void
    {
        $database = new Database();
        $database->run(sprintf(
            "SELECT value FROM config WHERE category = %s AND name = 'installation' FOR UPDATE",
            $database->text(self::CATEGORY)
        ));
    }

    private static function put(string $name, string $value): void
    {
        $database = new Database();
        $database->run(sprintf(
            'DELETE FROM config WHERE category = %s AND name = %s',
            $database->text(self::CATEGORY),
            $database->text($name)
        ));
        $database->run(sprintf(
            'INSERT INTO config (category, name, value) VALUES (%s, %s, %s)',
            $database->text(self::CATEGORY),
            $database->text($name),
            $database->text($value)
        ));
        // SuiteCRM keeps a copy of its settings.
        sugar_cache_clear('admin_settings_cache');
    }

    private static function random(): string
    {
        return bin2hex(random_bytes(16));
    }
}
