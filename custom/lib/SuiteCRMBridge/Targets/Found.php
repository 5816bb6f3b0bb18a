<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Targets;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Segment;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The customers that a search finds among those whom the user may list, however many they are. */
final class Found
{
    private const AT_ONCE = 5000;

    /** @var \SugarBean */
    private $bean;
    /** @var Database */
    private $database;
    /** @var string */
    private $search;

    /** @param string $search as `Search::unpacked` returns it */
    public function __construct(string $module, string $search)
    {
        $this->bean = \BeanFactory::newBean($module);
        $this->database = new Database();
        $this->search = $search;
    }

    /** @return string[] modules of customers */
    public static function modules(): array
    {
        return Names::modulesWith(Names::SEGMENT);
    }

    public function isAllowed(): bool
    {
        return (bool) $this->bean->ACLAccess('list');
    }

    /** @return array<string, int> how many by segment; an empty key: those without one */
    public function segments(): array
    {
        $segment = $this->segment();
        $counts = [];
        $rows = $this->database->rows("SELECT COALESCE($segment, '') AS segment,"
            . " COUNT(DISTINCT {$this->bean->table_name}.id) AS customers" . $this->rest([]) . " GROUP BY COALESCE($segment, '')");
        foreach ($rows as $row) {
            $counts[(string) $row['segment']] = (int) $row['customers'];
        }
        // The best first, then those that the catalogue does not know.
        return array_replace(array_intersect_key(array_fill_keys(Segment::ranked(), 0), $counts), $counts);
    }

    /**
     * Their ids, a few thousand at a time, in their order: what changes meanwhile neither repeats nor skips one.
     *
     * @param string[] $segments none: every one
     * @return \Generator<int, string[]>
     */
    public function ids(array $segments): \Generator
    {
        $id = $this->bean->table_name . '.id';
        $conditions = $segments === [] ? [] : ["COALESCE({$this->segment()}, '') IN (" . $this->database->texts($segments) . ')'];
        $last = '';
        do {
            $after = "$id > " . $this->database->text($last);
            $sql = "SELECT DISTINCT $id AS id" . $this->rest(array_merge($conditions, [$after])) . " ORDER BY $id";
            $result = $this->bean->db->limitQuery($sql, 0, self::AT_ONCE);
            if ($result === false) {
                throw new \RuntimeException('The customers could not be read: ' . $this->bean->db->lastDbError());
            }
            $ids = [];
            while ($row = $this->bean->db->fetchByAssoc($result, false)) {
                $ids[] = $last = (string) $row['id'];
            }
            if ($ids !== []) {
                yield $ids;
            }
        } while (count($ids) === self::AT_ONCE);
    }

    /** From FROM on, as SuiteCRM's own list asks, with the user's rights. */
    private function rest(array $conditions): string
    {
        $fields = array_intersect(Search::fields($this->search), array_keys($this->bean->field_defs));
        $filter = array_fill_keys(array_merge(['id', Names::SEGMENT], $fields), true);
        $query = $this->bean->create_new_list_query('', $this->where(), $filter, [], 0, '', true, $this->bean, true);
        return $query['from'] . $query['where']
            . implode('', array_map(static function (string $condition): string {
                return ' AND ' . $condition;
            }, $conditions));
    }

    private function where(): string
    {
        if ($this->search === '') {
            return '';
        }
        require_once 'include/MassUpdate.php';
        $search = new \MassUpdate();
        $search->generateSearchWhere($this->bean->module_dir, $this->search);
        $where = trim((string) $search->where_clauses);
        return $where === '' ? '' : "($where)";
    }

    private function segment(): string
    {
        return $this->bean->get_custom_table_name() . '.' . Names::SEGMENT;
    }
}
