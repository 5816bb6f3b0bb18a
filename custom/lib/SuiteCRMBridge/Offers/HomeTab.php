<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * A tab "Customers" with the package's dashlets on the home page of all users, or of those with some roles.
 *
 * Each user's own request puts it there, when they log in or open the home page: SuiteCRM keeps the pages of
 * whoever is logged in in their session, and would write them over whatever was put into the database.
 */
final class HomeTab implements PersonalOffer
{
    /** Wish for the users of some roles alone. */
    public const SOME = 'roles';

    private const RECORD = 'home_tab';
    /** Preferences of this category say that a user was given the tab: one that they removed does not come back. */
    private const CATEGORY = 'suitecrmbridge';
    private const GIVEN = 'home_tab';
    private const HOME = 'Home';

    public static function isOn(): bool
    {
        return self::record() !== null;
    }

    /** @return string[] ids of the roles whose users have the tab; none: everybody has it */
    public static function roles(): array
    {
        return self::record()['roles'] ?? [];
    }

    /** @param array<string, mixed> $wishes `audience`: `roles` for some of them alone, which are the ids in `roles` */
    public static function on(array $wishes = []): void
    {
        $roles = [];
        if (($wishes['audience'] ?? '') === self::SOME) {
            $chosen = is_array($wishes['roles'] ?? null) ? $wishes['roles'] : [];
            $roles = array_values(array_intersect(array_map('strval', array_keys(Roles::all())), $chosen));
            if ($roles === []) {
                throw new \InvalidArgumentException(Texts::get('offer_home_no_role'));
            }
        }
        Store::write(self::RECORD, ['roles' => $roles]);
        self::meet($GLOBALS['current_user']);
    }

    public static function off(): void
    {
        Store::drop(self::RECORD);
        self::meet($GLOBALS['current_user']);
        $database = new Database();
        $given = $database->text(self::CATEGORY);
        $rows = iterator_to_array($database->rows(
            'SELECT home.id AS id, home.assigned_user_id AS owner, home.contents AS contents FROM user_preferences home'
            . ' INNER JOIN user_preferences given ON given.assigned_user_id = home.assigned_user_id'
            . " AND given.category = $given WHERE home.category = " . $database->text(self::HOME)
        ), false);
        foreach ($rows as $row) {
            self::clean($database, $row);
        }
        $database->run("DELETE FROM user_preferences WHERE category = $given");
    }

    public static function meet($user): void
    {
        $record = self::record();
        $isMeant = $record !== null && Roles::has((string) $user->id, $record['roles']);
        $given = $user->getPreference(self::GIVEN, self::CATEGORY);
        if ($isMeant && empty($given)) {
            self::add($user);
        } elseif (!$isMeant && !empty($given)) {
            self::take($user);
        } elseif ($isMeant && $given !== self::title()) {
            self::rename($user, (string) $given);
        }
    }

    private static function add($user): void
    {
        $pages = $user->getPreference('pages', self::HOME);
        $dashlets = $user->getPreference('dashlets', self::HOME);
        // Who has not opened the home page yet is given SuiteCRM's own first, which it makes where there is nothing.
        if (empty($pages) || empty($dashlets)) {
            return;
        }
        $tab = new Tab((string) $user->id);
        $user->setPreference('pages', $tab->with($pages, self::title()), 0, self::HOME);
        $user->setPreference('dashlets', $tab->dashlets() + $dashlets, 0, self::HOME);
        self::remember($user, self::title());
    }

    private static function take($user): void
    {
        $tab = new Tab((string) $user->id);
        $user->setPreference('pages', $tab->without($user->getPreference('pages', self::HOME) ?: []), 0, self::HOME);
        $kept = array_diff_key($user->getPreference('dashlets', self::HOME) ?: [], $tab->dashlets());
        $user->setPreference('dashlets', $kept, 0, self::HOME);
        unset($_SESSION[$user->user_name . '_PREFERENCES'][self::CATEGORY]);
        self::save($user);
        $database = new Database();
        $database->run('DELETE FROM user_preferences WHERE category = ' . $database->text(self::CATEGORY)
            . ' AND assigned_user_id = ' . $database->text((string) $user->id));
    }

    /** The user's language has changed. */
    private static function rename($user, string $before): void
    {
        $pages = (new Tab((string) $user->id))->renamed(
            $user->getPreference('pages', self::HOME) ?: [],
            $before,
            self::title()
        );
        $user->setPreference('pages', $pages, 0, self::HOME);
        self::remember($user, self::title());
    }

    private static function remember($user, string $title): void
    {
        $user->setPreference(self::GIVEN, $title, 0, self::CATEGORY);
        self::save($user);
    }

    /** What has changed: where nothing has, SuiteCRM would write every preference of the session. */
    private static function save($user): void
    {
        if (!empty($GLOBALS['savePreferencesToDBCats'])) {
            $user->savePreferencesToDB();
        }
    }

    /** Take the tab out of what the database keeps of a user's home page. */
    private static function clean(Database $database, array $row): void
    {
        $all = @unserialize((string) base64_decode((string) $row['contents']), ['allowed_classes' => false]);
        if (!is_array($all) || !is_array($all['pages'] ?? null)) {
            return;
        }
        $tab = new Tab((string) $row['owner']);
        $all['pages'] = $tab->without($all['pages']);
        $all['dashlets'] = array_diff_key($all['dashlets'] ?? [], $tab->dashlets());
        $database->run('UPDATE user_preferences SET contents = ' . $database->text(base64_encode(serialize($all)))
            . ' WHERE id = ' . $database->text($row['id']));
    }

    private static function title(): string
    {
        return Texts::in(Users::language(), 'home_tab_title');
    }

    /** @return array{roles: string[]}|null */
    private static function record(): ?array
    {
        return Store::read(self::RECORD);
    }
}
