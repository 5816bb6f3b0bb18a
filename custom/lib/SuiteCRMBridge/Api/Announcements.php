<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;


if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Writes records whose segment changes, each in a transaction of its own, from what it holds then. */
final class Announcements
{
    /** Seconds after which no further record is begun: proxies and PHP itself end long requests. */
    private const TIME = 20;
    /** Seconds that a record may be held by somebody else. */
    private const PATIENCE = 5;
    /** Most seconds between two records, in which people's saves have what saves share: the search index, the CPU. */
    private const PAUSE = 0.5;

    /** @var Database */
    private $database;
    /** @var ScoreTable */
    private $table;
    /** @var string */
    private $module;
    /** @var array<string, array<string, mixed>> */
    private $fields;
    /** @var callable seconds now */
    private $clock;
    /** @var callable waits for that many seconds */
    private $wait;
    /** @var float */
    private $pause = 0.0;
    /** @var float */
    private $end;

    /** @param array<string, array<string, mixed>> $fields the catalogue's, by name */
    public function __construct(
        Database $database,
        ScoreTable $table,
        string $module,
        array $fields,
        ?callable $clock = null,
        ?callable $wait = null
    ) {
        $this->database = $database;
        $this->table = $table;
        $this->module = $module;
        $this->fields = $fields;
        $this->clock = $clock ?? static function (): float {
            return microtime(true);
        };
        $this->wait = $wait ?? static function (float $seconds): void {
            usleep((int) ($seconds * 1e6));
        };
        $allowed = (int) ini_get('max_execution_time');
        $this->end = ($this->clock)() + ($allowed > 0 ? min(self::TIME, $allowed / 2) : self::TIME);
    }

    /**
     * Writes a record, after a pause as long as the one before took.
     *
     * @param array<string, string|null> $row
     */
    public function write(string $id, array $row, ScoreAnswer $answer): void
    {
        ($this->wait)($this->pause);
        $began = ($this->clock)();
        if ($began > $this->end) {
            $this->pause = 0.0;
            $answer->failed($id, 'not_reached');
            return;
        }
        $this->begin($id, $row, $answer);
        $this->letGo($id);
        $this->pause = min(self::PAUSE, ($this->clock)() - $began);
    }

    /**
     * Frees what SuiteCRM keeps to the end of a request, which here comes late: the search index stays
     * open, and for others locked, as long as its record does.
     */
    private function letGo(string $id): void
    {
        \BeanFactory::unregisterBean($this->module, $id);
        \BeanFactory::unregisterBean('AOD_Index', '1');
        gc_collect_cycles();
    }

    /** @param array<string, string|null> $row */
    private function begin(string $id, array $row, ScoreAnswer $answer): void
    {
        try {
            // What is not committed has not happened, so nothing is told before.
            $outcome = $this->database->transaction(function (callable $commit) use ($id, $row) {
                return $this->one($id, $row, $commit);
            });
        } catch (Busy $busy) {
            Respond::log($busy);
            $answer->failed($id, 'busy');
            return;
        } catch (\Throwable $failure) {
            Respond::log($failure);
            $answer->failed($id, 'failed');
            return;
        }
        $answer->$outcome($id);
    }

    /**
     * @param array<string, string|null> $row
     * @return string the name of a method of ScoreAnswer
     */
    private function one(string $id, array $row, callable $commit): string
    {
        $columns = array_keys($row);
        $stored = $this->database->waitingAtMost(self::PATIENCE, function () use ($id, $columns) {
            return $this->table->locked($id, $columns);
        });
        if ($stored === null) {
            return 'unknown';
        }
        if (ScorePlan::same($row, $stored)) {
            return 'unchanged';
        }
        $put = function () use ($id, $row, $columns): void {
            $this->table->put([$id => $row], $columns);
        };
        if (!ScorePlan::moves($row, $stored)) {
            $put();
            return 'written';
        }
        Notice::save($this->module, $id, $this->shown($row), $put, $commit);
        return 'notified';
    }

    /**
     * The values as SuiteCRM has them in a record: numbers in texts would be read in the user's format.
     *
     * @param array<string, string|null> $row
     * @return array<string, mixed>
     */
    private function shown(array $row): array
    {
        $shown = [];
        foreach ($row as $name => $value) {
            $type = $this->fields[$name]['type'];
            if ($value === null) {
                $shown[$name] = '';
            } elseif ($type === 'int') {
                $shown[$name] = (int) $value;
            } elseif ($type === 'decimal') {
                $shown[$name] = (float) $value;
            } else {
                $shown[$name] = $type === 'bool' ? (bool) $value : $value;
            }
        }
        return $shown;
    }
}
