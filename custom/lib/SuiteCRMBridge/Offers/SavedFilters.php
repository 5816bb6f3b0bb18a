<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Store;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Saved searches for each user, since SuiteCRM shows everybody only their own.
 *
 * An id is made of user and filter: what somebody deleted is not given twice. A mark on the record holds what
 * the package wrote, so that a search that somebody has changed is theirs.
 */
final class SavedFilters implements PersonalOffer
{
    private const RECORD = 'saved_filters';
    /** By this the package's records are known; the rest of an id is made of user and filter. */
    private const START = '5c0ab51d';
    private const MARK = 'suitecrmbridge ';
    private const AT_ONCE = 200;

    public static function isOn(): bool
    {
        return Store::read(self::RECORD) !== null;
    }

    public static function on(array $wishes = []): void
    {
        Store::write(self::RECORD, ['on' => true]);
        $languages = iterator_to_array(Users::all());
        $fresh = [];
        foreach (array_unique($languages) as $language) {
            $fresh[$language] = self::fresh($language);
        }
        (new Database())->transaction(static function () use ($languages, $fresh): void {
            foreach ($languages as $user => $language) {
                self::give((string) $user, $fresh[$language]);
            }
        });
    }

    public static function off(): void
    {
        Store::drop(self::RECORD);
        $database = new Database();
        $own = $kept = [];
        $rows = $database->rows(self::select() . 'id LIKE ' . $database->text(self::START . '-%'));
        foreach ($rows as $row) {
            if (self::isUntouched($row) || (int) $row['deleted'] === 1) {
                $own[] = $row['id'];
            } else {
                $kept[] = $row['id'];
            }
        }
        foreach (array_chunk($own, self::AT_ONCE) as $ids) {
            $database->run('DELETE FROM saved_search WHERE id IN (' . $database->texts($ids) . ')');
        }
        // Whoever changed a search has made it their own.
        foreach (array_chunk($kept, self::AT_ONCE) as $ids) {
            $database->run('UPDATE saved_search SET description = NULL WHERE id IN (' . $database->texts($ids) . ')');
        }
    }

    public static function meet($user): void
    {
        if (self::isOn()) {
            self::give((string) $user->id, self::fresh(Users::language()));
        }
    }

    /** @return array<string, array{module: string, name: string, contents: string}> searches by their keys */
    private static function fresh(string $language): array
    {
        $fresh = [];
        foreach (Filter::all() as $filter) {
            $fresh[$filter->key()] = [
                'module' => $filter->module(),
                'name' => $filter->title($language),
                'contents' => $filter->contents(),
            ];
        }
        return $fresh;
    }

    /** @param array<string, array{module: string, name: string, contents: string}> $fresh */
    private static function give(string $user, array $fresh): void
    {
        $database = new Database();
        $wanted = [];
        foreach ($fresh as $key => $search) {
            $wanted[self::id($user, $key)] = $search;
        }
        $found = [];
        foreach ($database->rows(self::select() . 'id IN (' . $database->texts(array_keys($wanted)) . ')') as $row) {
            $found[$row['id']] = $row;
        }
        foreach ($wanted as $id => $search) {
            if (!isset($found[$id])) {
                self::insert($database, $id, $user, $search);
            } elseif ((int) $found[$id]['deleted'] === 0 && self::isUntouched($found[$id])) {
                self::renew($database, $id, $found[$id], $search);
            }
        }
    }

    private static function insert(Database $database, string $id, string $user, array $fresh): void
    {
        $database->run(sprintf(
            'INSERT INTO saved_search (id, name, search_module, deleted, date_entered, date_modified,'
            . ' assigned_user_id, contents, description) VALUES (%s, %s, %s, 0, %s, %4$s, %s, %s, %s)',
            $database->text($id),
            $database->text($fresh['name']),
            $database->text($fresh['module']),
            $database->text(\TimeDate::getInstance()->nowDb()),
            $database->text($user),
            $database->text($fresh['contents']),
            $database->text(self::mark($fresh))
        ));
    }

    /** The language of its owner has changed, or the package has another filter to offer under this name. */
    private static function renew(Database $database, string $id, array $row, array $fresh): void
    {
        if (self::mark($row) === self::mark($fresh)) {
            return;
        }
        $database->run(sprintf(
            'UPDATE saved_search SET name = %s, contents = %s, description = %s WHERE id = %s',
            $database->text($fresh['name']),
            $database->text($fresh['contents']),
            $database->text(self::mark($fresh)),
            $database->text($id)
        ));
    }

    private static function select(): string
    {
        return 'SELECT id, name, contents, description, deleted FROM saved_search WHERE ';
    }

    private static function isUntouched(array $row): bool
    {
        return $row['description'] === self::mark($row);
    }

    private static function mark(array $row): string
    {
        return self::MARK . sha1($row['name'] . "\n" . $row['contents']);
    }

    private static function id(string $user, string $key): string
    {
        $parts = str_split(md5("$user $key"), 4);
        return implode('-', [self::START, $parts[0], $parts[1], $parts[2], $parts[3] . $parts[4] . $parts[5]]);
    }
}
