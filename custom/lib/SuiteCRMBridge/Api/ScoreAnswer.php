<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What became of each row of a request to write scores. */
final class ScoreAnswer
{
    /** @var array<string, string> by id */
    private $rows = [];
    /** @var int */
    private $notified = 0;
    /** @var array<int, array<string, string>> */
    private $rejected = [];
    /** @var array<int, array<string, string>> */
    private $failed = [];

    public function written(string $id): void
    {
        $this->rows[$id] = 'written';
    }

    public function notified(string $id): void
    {
        $this->written($id);
        $this->notified++;
    }

    public function unchanged(string $id): void
    {
        $this->rows[$id] = 'unchanged';
    }

    /** The record does not exist, is deleted, or may not be edited by this user. */
    public function unknown(string $id): void
    {
        $this->rows[$id] = 'rejected';
        $this->rejected[] = self::reason($id, 'unknown_record');
    }

    /** @param string $code one of Refusals::ROWS */
    public function failed(string $id, string $code): void
    {
        $this->rows[$id] = 'failed';
        $this->failed[] = self::reason($id, $code);
    }

    /** @return array<string, string> */
    private static function reason(string $id, string $code): array
    {
        return ['id' => $id, 'code' => $code, 'message' => Texts::get('route_' . Refusals::ROWS[$code])];
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        $counts = array_count_values($this->rows) + ['written' => 0, 'unchanged' => 0];
        return [
            'written' => $counts['written'],
            'unchanged' => $counts['unchanged'],
            'notified' => $this->notified,
            // An object in JSON, also without rows and where ids look like numbers.
            'rows' => (object) $this->rows,
            'rejected' => $this->rejected,
            'failed' => $this->failed,
        ];
    }
}
