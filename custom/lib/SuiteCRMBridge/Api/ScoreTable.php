<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Reads and writes a module's custom fields in bulk. */
final class ScoreTable
{
    /** @var Database */
    private $database;
    /** @var string */
    private $table;
    /** @var string */
    private $access;
    /** @var array<string, array<string, mixed>> */
    private $fields;

    /**
     * @param \SugarBean $bean
     * @param array<string, array<string, mixed>> $fields the catalogue's, by name
     * @param string $access condition of the records that the user may edit, '' if all
     */
    public function __construct(Database $database, $bean, array $fields, string $access)
    {
        $this->database = $database;
        $this->table = $bean->table_name;
        $this->fields = $fields;
        $this->access = $access;
    }

    /**
     * @param array<string, array<string, string|null>> $wanted
     * @param string[] $columns
     * @return array<string, array<string, string|null>> by id, without those that the user may not edit
     */
    public function stored(array $wanted, array $columns): array
    {
        $sql = sprintf(
            'SELECT %1$s.id AS bridge_id, %2$s FROM %1$s LEFT JOIN %1$s_cstm ON %1$s_cstm.id_c = %1$s.id'
            . ' WHERE %1$s.id IN (%3$s) AND %1$s.deleted = 0%4$s',
            $this->table,
            implode(', ', array_map(function (string $column) {
                return sprintf('%s_cstm.%s', $this->table, $column);
            }, $columns)),
            $this->database->texts(array_map('strval', array_keys($wanted))),
            $this->access === '' ? '' : ' AND ' . $this->access
        );
        $found = [];
        foreach ($this->database->rows($sql) as $row) {
            $found[$row['bridge_id']] = $row;
        }
        return $found;
    }

    /**
     * @param array<string, array<string, string|null>> $rows
     * @param string[] $columns
     */
    public function put(array $rows, array $columns): void
    {
        if ($rows === []) {
            return;
        }
        $tuples = [];
        foreach ($rows as $id => $row) {
            $values = [$this->database->text((string) $id)];
            foreach ($columns as $column) {
                $values[] = $this->literal($this->fields[$column]['type'], $row[$column]);
            }
            $tuples[] = '(' . implode(',', $values) . ')';
        }
        $this->database->run(sprintf(
            'INSERT INTO %s_cstm (id_c, %s) VALUES %s ON DUPLICATE KEY UPDATE %s',
            $this->table,
            implode(', ', $columns),
            implode(',', $tuples),
            implode(', ', array_map(static function (string $column) {
                return sprintf('%1$s = VALUES(%1$s)', $column);
            }, $columns))
        ));
    }

    /** Only texts can hold anything that must be escaped; the rest has been checked. */
    private function literal(string $type, ?string $value): string
    {
        if ($value === null) {
            return 'NULL';
        }
        return $type === 'varchar' || $type === 'text' ? $this->database->text($value) : "'" . $value . "'";
    }
}
