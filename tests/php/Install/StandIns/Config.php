<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns;

/** SuiteCRM's table of settings, as the marks ask it. */
final class Config
{
    private const VALUE = "'((?:[^'\\\\]|\\\\.)*)'";

    /** @var array<string, string> values by name */
    private $values = [];

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    public function query(string $statement): \ArrayIterator
    {
        if (preg_match('/^INSERT INTO config .*VALUES \(' . self::VALUE . ', ' . self::VALUE . ', ' . self::VALUE . '\)$/', $statement, $given)) {
            $this->values[$given[2]] = stripslashes($given[3]);
        } elseif (preg_match('/^DELETE FROM config .* name = ' . self::VALUE . '$/', $statement, $given)) {
            unset($this->values[$given[1]]);
        }
        $rows = [];
        if (strncmp($statement, 'SELECT name, value', 18) === 0) {
            foreach ($this->values as $name => $value) {
                $rows[] = ['name' => $name, 'value' => $value];
            }
        }
        return new \ArrayIterator($rows);
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
}
