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
        $error = '';
        try {
            $result = $this->db->query($sql);
        } catch (\mysqli_sql_exception $failure) {
            // PHP 8.1 and later throw, which SuiteCRM catches by itself from 7.14 on.
            $result = false;
            $error = sprintf('MySQL error %d: %s', $failure->getCode(), $failure->getMessage());
        }
        if ($result === false) {
            $error = $error ?: (string) $this->db->lastDbError();
            $message = 'The statement failed: ' . $error;
            throw Busy::isMeant($error) ? new Busy($message) : new \RuntimeException($message);
        }
        return $result;
    }

    /**
     * Does $work, whose statements wait no longer than $seconds for a row that somebody else is writing.
     *
     * @return mixed what $work returns
     */
    public function waitingAtMost(int $seconds, callable $work)
    {
        $usual = 0;
        foreach ($this->rows('SELECT @@SESSION.innodb_lock_wait_timeout AS seconds') as $row) {
            $usual = (int) $row['seconds'];
        }
        $this->run(sprintf('SET SESSION innodb_lock_wait_timeout = %d', $seconds));
        try {
            return $work();
        } finally {
            // What hooks do, and whoever gets this connection next, waits as the administrator wants.
            $this->db->query(sprintf('SET SESSION innodb_lock_wait_timeout = %d', $usual));
        }
    }

    /**
     * @param callable $work is given a function that commits before it ends
     * @return mixed what $work returns; if it throws before that, nothing has changed
     */
    public function transaction(callable $work)
    {
        $this->run('START TRANSACTION');
        $isOpen = true;
        $commit = function () use (&$isOpen): void {
            if ($isOpen) {
                $this->run('COMMIT');
                $isOpen = false;
            }
        };
        try {
            $answer = $work($commit);
            $commit();
            return $answer;
        } catch (\Throwable $failure) {
            if ($isOpen) {
                $this->db->query('ROLLBACK');
            }
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
