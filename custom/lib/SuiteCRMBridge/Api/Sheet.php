<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The checked columns and rows of a request to write scores. */
final class Sheet
{
    /** @var string[] written columns, in the request's order without the id */
    public $columns = [];
    /** @var array<string, array<string, string|null>> values as they are stored, by id and column */
    public $rows = [];

    /**
     * @param array<string, mixed> $body
     * @param array<string, array<string, mixed>> $writable fields by name
     */
    public static function read(array $body, string $module, array $writable): self
    {
        $names = Request::listOf($body, 'columns');
        $rows = Request::listOf($body, 'rows');
        if (count($rows) > Limits::SCORES) {
            throw new Refusal('too_many_rows', ['limit' => Limits::SCORES], 'rows');
        }
        $sheet = new self();
        $sheet->columns = self::columns($names, $module, $writable);
        foreach ($rows as $number => $row) {
            try {
                $sheet->add($row, $names, $writable);
            } catch (Refusal $refusal) {
                throw $refusal->within(sprintf('rows[%d]', $number));
            }
        }
        return $sheet;
    }

    /** @return string[] */
    public function ids(): array
    {
        // PHP turns keys that look like numbers into numbers.
        return array_map('strval', array_keys($this->rows));
    }

    /** @return string[] */
    private static function columns(array $names, string $module, array $writable): array
    {
        $seen = [];
        foreach ($names as $place => $name) {
            $where = sprintf('columns[%d]', $place);
            if (!is_string($name) || in_array($name, $seen, true)) {
                throw new Refusal('bad_columns', [], $where);
            }
            if ($name !== 'id' && !isset($writable[$name])) {
                throw new Refusal('unknown_column', ['module' => $module, 'column' => $name], $where);
            }
            $seen[] = $name;
        }
        $columns = array_values(array_diff($seen, ['id']));
        if ($columns === [] || count($columns) === count($seen)) {
            throw new Refusal('bad_columns', [], 'columns');
        }
        return $columns;
    }

    /** @param mixed $row */
    private function add($row, array $names, array $writable): void
    {
        if (!is_array($row) || array_keys($row) !== array_keys($names)) {
            throw new Refusal('bad_row', ['count' => count($names)]);
        }
        $id = '';
        $values = [];
        foreach ($names as $place => $name) {
            if ($name === 'id') {
                $id = Values::id($row[$place], $name);
            } else {
                $values[$name] = Values::stored($writable[$name], $row[$place], $name);
            }
        }
        if (isset($this->rows[$id])) {
            throw new Refusal('twice', ['id' => $id], 'id');
        }
        $this->rows[$id] = $values;
    }
}
