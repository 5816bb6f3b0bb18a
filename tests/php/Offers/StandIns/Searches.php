<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns;

/** SuiteCRM's tables of settings, users, roles, preferences and saved searches, as the offers ask them. */
final class Searches
{
    private const TEXT = "'((?:[^'\\\\]|\\\\.)*)'";

    /** @var array<string, string> settings by name */
    public $settings = [];
    /** @var array<string, string> what each user prefers, as SuiteCRM packs it, by id */
    public $users = [];
    /** @var array<string, array<string, string|null>> saved searches by id */
    public $searches = [];

    /** @var array<string, string[]> ids of users by role */
    public $roles = [];
    /** @var array<string, string> preferences of home pages by user, all of whom were given the tab */
    public $homes = [];

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    public function query(string $statement): \ArrayIterator
    {
        $texts = $this->texts($statement);
        if (strpos($statement, 'FROM config') !== false) {
            return $this->configure($statement, $texts);
        }
        if (strpos($statement, 'saved_search') !== false) {
            $this->change($statement, $texts);
            return new \ArrayIterator(strncmp($statement, 'SELECT', 6) === 0 ? $this->found($statement, $texts) : []);
        }
        if (strncmp($statement, 'UPDATE user_preferences', 23) === 0) {
            $this->homes[$texts[1]] = $texts[0];
        }
        return new \ArrayIterator($this->people($statement, $texts));
    }

    /** @return array<int, array<string, string>> */
    private function people(string $statement, array $texts): array
    {
        if (strpos($statement, 'FROM users') !== false) {
            return self::pairs($this->users, 'id', 'contents');
        }
        if (strpos($statement, 'FROM acl_roles WHERE') !== false) {
            return self::pairs(array_fill_keys(array_keys($this->roles), 'Role'), 'id', 'name');
        }
        if (strpos($statement, 'FROM acl_roles_users') !== false) {
            $mine = array_filter($this->roles, static function (array $users) use ($texts): bool {
                return in_array($texts[0], $users, true);
            });
            return self::pairs(array_intersect_key($mine, array_flip($texts)), 'role_id', 'users');
        }
        if (strpos($statement, 'FROM user_preferences home') !== false) {
            return array_map(static function (array $row): array {
                return $row + ['owner' => $row['id']];
            }, self::pairs($this->homes, 'id', 'contents'));
        }
        return [];
    }

    private function change(string $statement, array $texts): void
    {
        if (strncmp($statement, 'INSERT INTO saved_search', 24) === 0) {
            [$id, $name, $module, , , $user, $contents, $description] = $texts;
            if (isset($this->searches[$id])) {
                throw new \LogicException("There is a search $id already");
            }
            $this->searches[$id] = ['id' => $id, 'search_module' => $module, 'assigned_user_id' => $user, 'deleted' => '0']
                + compact('name', 'contents', 'description');
        } elseif (strncmp($statement, 'DELETE FROM saved_search', 24) === 0) {
            $this->searches = array_diff_key($this->searches, array_flip($texts));
        } elseif (strncmp($statement, 'UPDATE saved_search SET description = NULL', 42) === 0) {
            foreach ($texts as $id) {
                $this->searches[$id]['description'] = null;
            }
        } elseif (strncmp($statement, 'UPDATE saved_search SET name', 28) === 0) {
            [$name, $contents, $description, $id] = $texts;
            $this->searches[$id] = compact('name', 'contents', 'description') + $this->searches[$id];
        }
    }

    /** @return array<string, string|null>|false */
    public function fetchRow(\ArrayIterator $result)
    {
        $row = $result->current() ?? false;
        $result->next();
        return $row;
    }

    /** @return array<string, string|null>|false */
    public function fetchByAssoc(\ArrayIterator $result, bool $encode = true)
    {
        return $this->fetchRow($result);
    }

    public function lastDbError(): string
    {
        return '';
    }

    /** @return array<int, array<string, string>> */
    private static function pairs(array $values, string $key, string $value): array
    {
        $rows = [];
        foreach ($values as $id => $one) {
            $rows[] = [$key => (string) $id, $value => $one];
        }
        return $rows;
    }

    /** @return string[] */
    private function texts(string $statement): array
    {
        preg_match_all('/' . self::TEXT . '/', $statement, $found);
        return array_map('stripslashes', $found[1]);
    }

    private function configure(string $statement, array $texts): \ArrayIterator
    {
        if (strncmp($statement, 'DELETE', 6) === 0) {
            unset($this->settings[$texts[1]]);
        }
        $value = $this->settings[$texts[1]] ?? null;
        return new \ArrayIterator($value === null ? [] : [['value' => $value]]);
    }

    private function found(string $statement, array $texts): array
    {
        return array_values(array_filter($this->searches, static function (array $row) use ($statement, $texts): bool {
            return strpos($statement, 'id LIKE') !== false
                ? strncmp($row['id'], rtrim($texts[0], '%'), strlen($texts[0]) - 1) === 0
                : in_array($row['id'], $texts, true);
        }));
    }
}
