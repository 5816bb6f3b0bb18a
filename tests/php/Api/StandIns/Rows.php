<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns;

/** A database with the rows of one table of custom fields, every statement that was sent, and locks. */
final class Rows
{
    /** @var array<string, array<string, string|null>> by id; a record without custom fields has [] */
    public $records = [];
    /** @var string[] columns of the table of custom fields */
    public $columns = ['rfm_segment_c', 'rfm_recency_c'];
    /** @var string[] what a target list holds, as it spells it */
    public $members = [];
    /** @var string[] ids of records that somebody else holds */
    public $held = [];
    /** @var string[] */
    public $statements = [];
    /** @var string[] main columns that saving a record wrote */
    public $written = [];
    /** @var bool whether it throws where a statement fails, as with SuiteCRM 7.12 and 7.13 on PHP 8.1 */
    public $throws = false;
    /** @var string */
    private $error = '';
    /** @var array<string, array<string, string|null>>|null */
    private $before;

    public function quoted(string $text): string
    {
        return "'" . addslashes($text) . "'";
    }

    /** @return \ArrayIterator|bool */
    public function query(string $statement)
    {
        $this->statements[] = $statement;
        $this->error = '';
        if (strpos($statement, 'FOR UPDATE') !== false) {
            return $this->locked($statement);
        }
        if (strncmp($statement, 'SELECT @@', 9) === 0) {
            return new \ArrayIterator([['seconds' => '50']]);
        }
        if (strpos($statement, 'FROM information_schema.COLUMNS') !== false) {
            return new \ArrayIterator(array_map(static function (string $name) {
                return ['name' => $name];
            }, $this->columns));
        }
        if (strncmp($statement, 'SELECT DISTINCT related_id', 26) === 0) {
            return new \ArrayIterator(array_map(static function (string $id) {
                return ['related_id' => $id];
            }, $this->members));
        }
        if ($this->lacks($statement)) {
            $this->error = 'MySQL error 1054: Unknown column';
            return false;
        }
        if (strncmp($statement, 'SELECT', 6) === 0) {
            return new \ArrayIterator($this->listed($statement));
        }
        if (strncmp($statement, 'INSERT INTO', 11) === 0) {
            foreach ($this->held as $id) {
                if (strpos($statement, "('$id'") !== false) {
                    return $this->fails();
                }
            }
            $this->put($statement);
        }
        $this->turn($statement);
        return true;
    }

    /** @return array<string, string|null>|false */
    public function fetchRow(\ArrayIterator $result)
    {
        $row = $result->current() ?? false;
        $result->next();
        return $row;
    }

    public function lastDbError(): string
    {
        return $this->error;
    }

    /** @return string[] the first words of the statements, those of settings left out */
    public function order(): array
    {
        $known = ['START TRANSACTION', 'COMMIT', 'ROLLBACK', 'INSERT IGNORE', 'INSERT', 'UPDATE', 'SELECT'];
        $words = [];
        foreach ($this->statements as $statement) {
            foreach ($known as $word) {
                $isOfSettings = strpos($statement, '@@') !== false || strpos($statement, '_schema') !== false;
                if (strncmp($statement, $word, strlen($word)) === 0 && !$isOfSettings) {
                    $words[] = strpos($statement, 'FOR UPDATE') === false ? $word : 'LOCK';
                    break;
                }
            }
        }
        return $words;
    }

    /** Whether a statement names a column that is not there, as MySQL refuses it. */
    private function lacks(string $statement): bool
    {
        preg_match_all('/\brfm_\w+_c\b/', $statement, $named);
        return array_diff($named[0], $this->columns) !== [];
    }

    /** @return \ArrayIterator|false */
    private function locked(string $statement)
    {
        preg_match("/= '([^']*)'/", $statement, $asked);
        if (in_array($asked[1], $this->held, true)) {
            return $this->fails();
        }
        $row = $this->records[$asked[1]] ?? null;
        $isRecord = strpos($statement, 'FROM contacts WHERE') !== false;
        $found = $isRecord ? ['id' => $asked[1]] : $row;
        return new \ArrayIterator($row === null || $found === [] ? [] : [$found]);
    }

    private function fails(): bool
    {
        $words = 'Lock wait timeout exceeded; try restarting transaction';
        if ($this->throws) {
            throw new \mysqli_sql_exception($words, 1205);
        }
        $this->error = "MySQL error 1205: $words";
        return false;
    }

    /** @return array<int, array<string, string|null>> */
    private function listed(string $statement): array
    {
        preg_match_all("/'([^']*)'/", $statement, $ids);
        $rows = [];
        foreach (array_intersect($ids[1], array_map('strval', array_keys($this->records))) as $id) {
            $own = $this->records[$id] === [] ? null : $id;
            $rows[] = $this->records[$id] + [
                'bridge_id' => $id,
                'bridge_own_row' => $own,
                'rfm_segment_c' => null,
                'rfm_recency_c' => null,
            ];
        }
        return $rows;
    }

    private function put(string $statement): void
    {
        preg_match('/\(id_c, ([^)]*)\) VALUES (.*) ON DUPLICATE/', $statement, $parts);
        preg_match_all('/\(([^)]*)\)/', $parts[2], $tuples);
        foreach ($tuples[1] as $tuple) {
            $values = array_map(static function (string $value) {
                return $value === 'NULL' ? null : trim($value, "'");
            }, explode(',', $tuple));
            $id = array_shift($values);
            $this->records[$id] = array_combine(explode(', ', $parts[1]), $values) + $this->records[$id];
        }
    }

    private function turn(string $statement): void
    {
        if ($statement === 'START TRANSACTION') {
            $this->before = $this->records;
        } elseif ($statement === 'ROLLBACK') {
            $this->records = $this->before;
        }
    }

    /** What SuiteCRM's own database does with a record that is saved. */
    public function update(Record $record): void
    {
        $wanted = $record->bean_fields_to_save;
        foreach ($record->field_defs as $field => $definition) {
            if (isset($record->$field) && $field !== 'id' && (empty($wanted) || in_array($field, $wanted, true))) {
                $this->written[] = $field;
            }
        }
    }
}
