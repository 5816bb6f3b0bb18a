<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns;

/** A table of settings, the indexes of each table, and every statement that was sent. */
final class Database
{
    /** @var array<string, array<string, string>> */
    public $settings = [];
    /** @var array<string, array<string, mixed>> */
    public $indices = [];
    /** @var array<int, array<string, mixed>> rows that any other SELECT returns */
    public $rows = [];
    /** @var string[] */
    public $statements = [];
    /** @var string */
    public $dbType = 'mysql';
    /** @var array<string, string[]> names of the columns of each table */
    public $columns = [];
    /** @var string beginning of a statement that fails */
    public $refused = '';

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    /** @return \ArrayIterator|false */
    public function query(string $statement)
    {
        $this->statements[] = $statement;
        if ($this->refused !== '' && strpos($statement, $this->refused) === 0) {
            return false;
        }
        if (preg_match("/^SELECT value FROM config WHERE category = '(\w+)' AND name = '(\w+)'$/", $statement, $asked)) {
            $value = $this->settings[$asked[1]][$asked[2]] ?? null;
            return new \ArrayIterator($value === null ? [] : [['value' => $value]]);
        }
        if (preg_match("/^DELETE FROM config WHERE category = '(\w+)'$/", $statement, $asked)) {
            unset($this->settings[$asked[1]]);
        }
        if (preg_match("/^DELETE FROM config WHERE category = '(\w+)' AND name = '(\w+)'$/", $statement, $asked)) {
            unset($this->settings[$asked[1]][$asked[2]]);
        }
        return new \ArrayIterator(strncmp($statement, 'SELECT', 6) === 0 ? $this->rows : []);
    }

    /** @return array<string, mixed>|false */
    public function fetchByAssoc(\ArrayIterator $result, bool $encode = true)
    {
        $row = $result->current() ?? false;
        $result->next();
        return $row;
    }

    /** @return array<string, mixed>|false */
    public function fetchRow(\ArrayIterator $result)
    {
        return $this->fetchByAssoc($result, false);
    }

    /** @return array<string, mixed> */
    public function get_indices(string $table): array
    {
        return $this->indices[$table] ?? [];
    }

    public function tableExists(string $table): bool
    {
        return isset($this->columns[$table]);
    }

    /** @return array<string, array<string, string>> */
    public function get_columns(string $table): array
    {
        return array_fill_keys($this->columns[$table], ['type' => 'varchar']);
    }

    public function lastDbError(): string
    {
        return $this->refused === '' ? '' : 'MySQL error 1118: Row size too large';
    }
}
