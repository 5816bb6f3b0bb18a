<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Reads and writes a module's custom fields. */
final class ScoreTable
{
    /** Column of `stored` that is null where the table of custom fields has no row of the record. */
    public const OWN_ROW = 'bridge_own_row';

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
            'SELECT %1$s.id AS bridge_id, %1$s_cstm.id_c AS %5$s, %2$s'
            . ' FROM %1$s LEFT JOIN %1$s_cstm ON %1$s_cstm.id_c = %1$s.id'
            . ' WHERE %1$s.id IN (%3$s) AND %1$s.deleted = 0%4$s',
            $this->table,
            $this->named($columns),
            $this->database->texts(array_map('strval', array_keys($wanted))),
            $this->condition(),
            self::OWN_ROW
        );
        $found = [];
        foreach ($this->database->rows($sql) as $row) {
            $found[$row['bridge_id']] = $row;
        }
        return $found;
    }

    /**
     * What one record holds now; until the transaction ends nobody else changes it.
     *
     * @param string[] $columns
     * @return array<string, string|null>|null null if the user may not edit it, or it is gone
     */
    public function locked(string $id, array $columns): ?array
    {
        $record = sprintf(
            'SELECT %1$s.id FROM %1$s WHERE %1$s.id = %2$s AND %1$s.deleted = 0%3$s FOR UPDATE',
            $this->table,
            $this->database->text($id),
            $this->condition()
        );
        $fields = sprintf(
            'SELECT %2$s FROM %1$s_cstm WHERE %1$s_cstm.id_c = %3$s FOR UPDATE',
            $this->table,
            $this->named($columns),
            $this->database->text($id)
        );
        $isThere = $this->first($record) !== null;
        return $isThere ? $this->first($fields) ?? array_fill_keys($columns, null) : null;
    }

    /**
     * Gives records the row that the table of custom fields lacks, at once.
     *
     * Who saves such a record at the same moment inserts that row too, in SuiteCRM without a look at
     * what came in between. In a long transaction ours would stay unseen, and their fields be lost.
     *
     * @param string[] $ids
     */
    public function complete(array $ids): void
    {
        if ($ids === []) {
            return;
        }
        $this->database->run(sprintf(
            'INSERT IGNORE INTO %s_cstm (id_c) VALUES %s',
            $this->table,
            implode(',', array_map(function (string $id) {
                return '(' . $this->database->text($id) . ')';
            }, $ids))
        ));
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

    /** @return array<string, string|null>|null */
    private function first(string $sql): ?array
    {
        $found = null;
        foreach ($this->database->rows($sql) as $row) {
            $found = $found ?? $row;
        }
        return $found;
    }

    /** @param string[] $columns */
    private function named(array $columns): string
    {
        return implode(', ', array_map(function (string $column) {
            return sprintf('%s_cstm.%s', $this->table, $column);
        }, $columns));
    }

    private function condition(): string
    {
        return $this->access === '' ? '' : ' AND ' . $this->access;
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
