<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

use SuiteCRM\Custom\SuiteCRMBridge\RowAccess;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The rows of a module that the current user may list. */
final class Table
{
    /** @var \SugarBean */
    private $bean;
    /** @var string */
    private $owner;

    /**
     * @param \SugarBean $bean
     * @param string $owner id of the user of whose rows alone it is; empty: of everybody's
     */
    public function __construct($bean, string $owner = '')
    {
        $this->bean = $bean;
        $this->owner = $owner;
    }

    public static function ofModule(string $module, string $owner = ''): self
    {
        return new self(\BeanFactory::newBean($module), $owner);
    }

    public function isAllowed(): bool
    {
        return (bool) $this->bean->ACLAccess('list');
    }

    /** Whether each of these fields is there: the package's may be missing after an uninstall. */
    public function hasFields(array $fields): bool
    {
        return array_diff($fields, array_keys($this->bean->field_defs)) === [];
    }

    /** Whether the user may list every row. */
    public function isOpen(): bool
    {
        return $this->access() === '';
    }

    /** Whether these are all rows that there are, so that their totals are everybody's. */
    public function isComplete(): bool
    {
        return $this->isOpen() && !$this->isOwned();
    }

    /** Whether these are one person's rows alone. */
    public function isOwned(): bool
    {
        return $this->owner !== '';
    }

    public function name(): string
    {
        return $this->bean->table_name;
    }

    public function column(string $field): string
    {
        $isCustom = ($this->bean->field_defs[$field]['source'] ?? '') === 'custom_fields';
        return ($isCustom ? $this->customTable() : $this->name()) . '.' . $field;
    }

    /** The column that holds the id of a relate field's record. */
    public function idColumn(string $field): string
    {
        return $this->column($this->bean->field_defs[$field]['id_name']);
    }

    public function from(): string
    {
        $custom = $this->customTable();
        return $this->name() . " INNER JOIN $custom ON $custom.id_c = " . $this->name() . '.id';
    }

    /** @param string[] $conditions that hold besides the user's rights */
    public function where(array $conditions = []): string
    {
        $all = array_merge([$this->name() . '.deleted = 0'], $conditions);
        if ($this->isOwned()) {
            $all[] = $this->name() . '.assigned_user_id = ' . $this->bean->db->quoted($this->owner);
        }
        if (!$this->isOpen()) {
            $all[] = '(' . $this->access() . ')';
        }
        return implode(' AND ', $all);
    }

    /** A value for SQL. */
    public function value(string $value): string
    {
        return $this->bean->db->quoted($value);
    }

    /** A list of values for SQL's IN. */
    public function values(array $values): string
    {
        $quoted = [];
        foreach ($values as $value) {
            $quoted[] = $this->bean->db->quoted($value);
        }
        return '(' . implode(', ', $quoted) . ')';
    }

    /** The month of a datetime, as YYYY-MM in the user's time zone. */
    public function month(string $field): string
    {
        $local = $this->bean->db->convert($this->column($field), 'add_tz_offset');
        return $this->bean->db->convert($local, 'date_format', ['%Y-%m']);
    }

    /** @return array<int, array<string, string>> rows as they are stored */
    public function rows(string $sql, int $limit = 0): array
    {
        return Recent::rows("$sql LIMIT $limit", time(), function () use ($sql, $limit): array {
            return $this->read($sql, $limit);
        });
    }

    /** @return array<int, array<string, string>> */
    private function read(string $sql, int $limit): array
    {
        $db = $this->bean->db;
        $result = $limit > 0 ? $db->limitQuery($sql, 0, $limit) : $db->query($sql);
        if ($result === false) {
            throw new QueryFailed('A dashlet could not be read: ' . $db->lastDbError());
        }
        $rows = [];
        while ($row = $db->fetchByAssoc($result, false)) {
            $rows[] = $row;
        }
        return $rows;
    }

    private function access(): string
    {
        return RowAccess::condition($this->bean, 'list');
    }

    private function customTable(): string
    {
        return $this->bean->get_custom_table_name();
    }
}
