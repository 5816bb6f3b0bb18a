<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Watch\StandIns;

/** The tables that the watch looks into: rows by table, and conditions of the form column = 'text'. */
final class Tables
{
    /** @var array<string, array<int, array<string, mixed>>> */
    public $rows = ['schedulers' => [], 'job_queue' => [], 'alerts' => [], 'users' => [], 'config' => []];

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    public function query(string $statement): \ArrayIterator
    {
        preg_match('/(?:FROM|UPDATE) (\w+)/', $statement, $found);
        $table = $found[1];
        $wanted = self::conditions(explode(' WHERE ', $statement, 2)[1] ?? '');
        $isMeant = static function (array $row) use ($wanted): bool {
            foreach ($wanted as $name => $value) {
                if ((string) ($row[$name] ?? '') !== $value) {
                    return false;
                }
            }
            return true;
        };
        if (strncmp($statement, 'DELETE', 6) === 0) {
            $this->rows[$table] = array_values(array_filter($this->rows[$table], static function ($row) use ($isMeant) {
                return !$isMeant($row);
            }));
        } elseif (strncmp($statement, 'UPDATE', 6) === 0) {
            $set = self::conditions(explode(' WHERE ', $statement, 2)[0]);
            foreach ($this->rows[$table] as $number => $row) {
                $this->rows[$table][$number] = $isMeant($row) ? array_merge($row, $set) : $row;
            }
        }
        return new \ArrayIterator(array_values(array_map([$this, 'answered'], array_filter($this->rows[$table], $isMeant))));
    }

    /** @return array<string, mixed>|false */
    public function fetchRow(\ArrayIterator $result)
    {
        $row = $result->current() ?? false;
        $result->next();
        return $row;
    }

    private function answered(array $row): array
    {
        return $row + ['told' => $row['date_entered'] ?? null, 'contents' => ''];
    }

    /** @return array<string, string> */
    private static function conditions(string $text): array
    {
        preg_match_all("/\b([a-z_]+) = (?:'((?:[^'\\\\]|\\\\.)*)'|(\d+))/", $text, $found, PREG_SET_ORDER);
        $conditions = [];
        foreach ($found as $one) {
            $conditions[$one[1]] = isset($one[3]) ? $one[3] : stripslashes($one[2]);
        }
        return $conditions;
    }
}
