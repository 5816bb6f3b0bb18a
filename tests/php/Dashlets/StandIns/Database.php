<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns;

/** A database that remembers what it was asked, and answers what it was told. */
final class Database
{
    /** @var string[] */
    public $queries = [];
    /** @var array[]|false rows of every answer; false: the statement fails */
    public $answer = [];
    /** @var array[] */
    private $pending = [];

    public function query(string $sql)
    {
        $this->queries[] = $sql;
        $this->pending = $this->answer === false ? [] : $this->answer;
        return $this->answer !== false;
    }

    public function limitQuery(string $sql, int $start, int $count)
    {
        return $this->query("$sql LIMIT $start,$count");
    }

    public function fetchByAssoc($result, bool $encode = true)
    {
        $row = array_shift($this->pending);
        return $row === null || !$encode ? $row ?? false : array_map('htmlspecialchars', $row);
    }

    public function fetchRow($result)
    {
        return $this->fetchByAssoc($result, false);
    }

    public function quoted(string $value): string
    {
        return "'" . addslashes($value) . "'";
    }

    public function convert(string $string, string $type, array $parameters = []): string
    {
        return "$type($string" . ($parameters ? ',' . $parameters[0] : '') . ')';
    }

    public function lastDbError(): string
    {
        return 'no such column';
    }
}
