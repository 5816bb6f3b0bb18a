<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Targets\StandIns;

/** A base of contacts with their segments, target lists, and what is on them. */
final class Base
{
    /** @var array<string, string> segments by id, in the order of the ids */
    public $contacts = [];
    /** @var array<string, string> names of target lists by id */
    public $lists = [];
    /** @var array<string, string[]> ids of members by list */
    public $members = [];
    /** @var array<string, mixed> a programme as the bridge told it */
    public $told = ['place' => 0, 'lists' => []];
    /** @var string[] */
    public $statements = [];

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    public function query(string $statement): \ArrayIterator
    {
        $this->statements[] = $statement;
        preg_match_all("/'((?:[^'\\\\]|\\\\.)*)'/", $statement, $found);
        if (strpos($statement, 'AS customers') !== false) {
            $rows = [];
            foreach (array_count_values($this->contacts) as $segment => $count) {
                $rows[] = ['segment' => $segment, 'customers' => (string) $count];
            }
            return new \ArrayIterator($rows);
        }
        if (strpos($statement, 'FROM config') !== false) {
            return new \ArrayIterator([['name' => 'one', 'value' => json_encode($this->told)]]);
        }
        if (strpos($statement, 'FROM prospect_lists WHERE') !== false) {
            return new \ArrayIterator(array_map(static function (string $id, string $name): array {
                return compact('id', 'name');
            }, array_keys($this->lists), $this->lists));
        }
        if (strncmp($statement, 'SELECT DISTINCT related_id', 26) === 0) {
            $present = array_intersect($this->members[$found[1][0]] ?? [], $found[1]);
            return new \ArrayIterator(array_map(static function (string $id): array {
                return ['related_id' => $id];
            }, array_values($present)));
        }
        foreach (strncmp($statement, 'INSERT', 6) === 0 ? array_chunk($found[1], 5) : [] as [, $list, $id]) {
            $this->members[$list][] = $id;
        }
        return new \ArrayIterator();
    }

    /** Those behind the last id, of the segments that are asked for. */
    public function limitQuery(string $statement, int $start, int $count): \ArrayIterator
    {
        $this->statements[] = $statement;
        preg_match("/contacts\\.id > '([^']*)'/", $statement, $after);
        $isAsked = preg_match("/IN \\(([^)]*)\\)/", $statement, $asked) === 1;
        $ids = [];
        foreach ($this->contacts as $id => $segment) {
            if (strcmp($id, $after[1]) > 0 && (!$isAsked || strpos($asked[1], "'$segment'") !== false)) {
                $ids[] = ['id' => $id];
            }
        }
        return new \ArrayIterator(array_slice($ids, $start, $count));
    }

    /** @return array<string, string>|false */
    public function fetchRow(\ArrayIterator $result)
    {
        $row = $result->current() ?? false;
        $result->next();
        return $row;
    }

    /** @return array<string, string>|false */
    public function fetchByAssoc(\ArrayIterator $result, bool $encode = true)
    {
        return $this->fetchRow($result);
    }

    public function lastDbError(): string
    {
        return '';
    }
}
