<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** SuiteCRM's database, with errors that cannot be overlooked. */
final class Database
{
    /** @var \DBManager */
    private $db;

    public function __construct()
    {
        $this->db = \DBManagerFactory::getInstance();
    }

    /** @return \Generator<int, array<string, string|null>> rows as they are stored, without HTML entities */
    public function rows(string $sql): \Generator
    {
        $result = $this->run($sql);
        while ($row = $this->db->fetchRow($result)) {
            yield $row;
        }
    }

    /**
     * Rows that need not fit into memory together; no other statement may run until the last is read.
     *
     * @return \Generator<int, array<int, string|null>>
     */
    public function stream(string $sql): \Generator
    {
        $connection = $this->db->getDatabase();
        try {
            $result = mysqli_query($connection, $sql, MYSQLI_USE_RESULT);
        } catch (\mysqli_sql_exception $failure) {
            $result = false;
        }
        if ($result === false) {
            throw new \RuntimeException('The statement failed: ' . mysqli_error($connection));
        }
        return $this->unread($connection, $result);
    }

    /** @return mixed */
    public function run(string $sql)
    {
        $result = $this->db->query($sql);
        if ($result === false) {
            throw new \RuntimeException('The statement failed: ' . $this->db->lastDbError());
        }
        return $result;
    }

    /** @return mixed what $work returns; if it throws, nothing has changed */
    public function transaction(callable $work)
    {
        $this->run('START TRANSACTION');
        try {
            $answer = $work();
            $this->run('COMMIT');
            return $answer;
        } catch (\Throwable $failure) {
            $this->db->query('ROLLBACK');
            throw $failure;
        }
    }

    public function text(string $value): string
    {
        return $this->db->quoted($value);
    }

    /** @param string[] $values */
    public function texts(array $values): string
    {
        return implode(',', array_map([$this, 'text'], $values));
    }

    private function unread(\mysqli $connection, \mysqli_result $result): \Generator
    {
        try {
            while ($row = mysqli_fetch_row($result)) {
                yield $row;
            }
            if (mysqli_errno($connection) !== 0) {
                throw new \RuntimeException('The answer broke off: ' . mysqli_error($connection));
            }
        } finally {
            mysqli_free_result($result);
        }
    }
}
