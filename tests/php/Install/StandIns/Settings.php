<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns;

/** SuiteCRM's table of settings: category, name, value. */
final class Settings
{
    /** @var array<int, array{category: string, name: string, value: string}> */
    public $rows = [];

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    public function query(string $statement): \ArrayIterator
    {
        preg_match_all("/'((?:[^'\\\\]|\\\\.)*)'/", $statement, $found);
        $texts = array_map('stripslashes', $found[1]);
        if (strncmp($statement, 'INSERT', 6) === 0) {
            $this->rows[] = ['category' => $texts[0], 'name' => $texts[1], 'value' => $texts[2]];
        } elseif (strncmp($statement, 'DELETE', 6) === 0) {
            $this->rows = array_values(array_filter($this->rows, self::others($statement, $texts)));
        } elseif (strncmp($statement, 'SELECT', 6) === 0) {
            $others = self::others($statement, $texts);
            return new \ArrayIterator(array_values(array_filter($this->rows, static function ($row) use ($others) {
                return !$others($row);
            })));
        }
        return new \ArrayIterator();
    }

    /** @return array<string, string>|false */
    public function fetchRow(\ArrayIterator $result)
    {
        $row = $result->current() ?? false;
        $result->next();
        return $row;
    }

    public function lastDbError(): string
    {
        return '';
    }

    /** The rows that a statement does not mean. */
    private static function others(string $statement, array $texts): callable
    {
        preg_match_all('/\b(category|name|value) = /', $statement, $names);
        $meant = array_combine($names[1], array_slice($texts, 0, count($names[1])));
        return static function (array $row) use ($meant): bool {
            return array_intersect_assoc($meant, $row) !== $meant;
        };
    }
}
