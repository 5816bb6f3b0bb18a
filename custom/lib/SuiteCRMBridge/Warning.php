<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\Users;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What tells each administrator, among SuiteCRM's notifications, that syncs no longer happen. */
final class Warning
{
    /** After so many days without a sync nothing keeps the figures in step any more. */
    public const DAYS = 2;

    /** By this the package's notifications are known: nothing else leads here. */
    private const ADDRESS = 'index.php?module=Administration&action=suitecrmbridge';
    /** Days until somebody who has read it is told again. */
    private const AGAIN = 7;

    public static function give(int $days, bool $wasThereOne): void
    {
        $now = \TimeDate::getInstance()->nowDb();
        $told = self::told();
        $languages = iterator_to_array(Users::all());
        foreach (self::administrators() as $id) {
            $since = $told[$id] ?? null;
            if ($since === null || Watch::days($since, $now) >= self::AGAIN) {
                self::takeBack($id);
                self::save($id, $languages[$id] ?? Texts::language(), $days, $wasThereOne);
            }
        }
    }

    /** @param string|null $user nobody in particular: all of them */
    public static function takeBack(?string $user = null): void
    {
        $database = new Database();
        $whose = $user === null ? '' : ' AND assigned_user_id = ' . $database->text($user);
        $database->run('DELETE FROM alerts WHERE url_redirect = ' . $database->text(self::ADDRESS) . $whose);
    }

    /** @return array<string, string> when each administrator was told, read or not */
    private static function told(): array
    {
        $database = new Database();
        $told = [];
        $rows = $database->rows('SELECT assigned_user_id, MAX(date_entered) AS told FROM alerts WHERE url_redirect = '
            . $database->text(self::ADDRESS) . ' GROUP BY assigned_user_id');
        foreach ($rows as $row) {
            $told[(string) $row['assigned_user_id']] = (string) $row['told'];
        }
        return $told;
    }

    /** @return string[] */
    private static function administrators(): array
    {
        $rows = (new Database())->rows("SELECT id FROM users WHERE is_admin = 1 AND deleted = 0 AND status = 'Active'"
            . ' AND COALESCE(is_group, 0) = 0 AND COALESCE(portal_only, 0) = 0 ORDER BY id');
        return array_map('strval', array_column(iterator_to_array($rows, false), 'id'));
    }

    private static function save(string $user, string $language, int $days, bool $wasThereOne): void
    {
        $alert = \BeanFactory::newBean('Alerts');
        $alert->name = strtr(
            Spoken::text($language, $wasThereOne ? 'watch_old' : 'watch_never'),
            ['{days}' => (string) $days]
        );
        $alert->description = Spoken::text($language, 'watch_advice');
        $alert->url_redirect = self::ADDRESS;
        $alert->type = 'warning';
        $alert->is_read = 0;
        $alert->assigned_user_id = $user;
        $alert->save();
    }
}
