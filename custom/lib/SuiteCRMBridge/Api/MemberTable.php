<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The customers of a target list. */
final class MemberTable
{
    private const CHUNK = 500;

    /** @var Database */
    private $database;
    /** @var string */
    private $list;
    /** @var string */
    private $module;

    public function __construct(Database $database, string $list, string $module)
    {
        $this->database = $database;
        $this->list = $list;
        $this->module = $module;
    }

    /** Whether there is such a list that the user may edit. */
    public function isList(string $table, string $access): bool
    {
        return $this->found($table, [$this->list], $access) !== [];
    }

    /**
     * Refuse records that do not exist or that the user may not read.
     *
     * @param string[] $ids
     */
    public function checkRecords(array $ids, string $where, string $access): void
    {
        $table = \BeanFactory::newBean($this->module)->table_name;
        foreach (array_chunk($ids, self::CHUNK, true) as $chunk) {
            $found = $this->found($table, $chunk, $access);
            foreach (array_diff($chunk, $found) as $place => $id) {
                throw new Refusal('unknown_member', ['id' => $id], sprintf('%s[%d]', $where, $place));
            }
        }
    }

    /** @param string[] $ids */
    public function add(array $ids): int
    {
        $added = 0;
        foreach (array_chunk($ids, self::CHUNK) as $chunk) {
            $missing = array_diff($chunk, $this->present($chunk));
            $tuples = array_map(function (string $id) {
                $values = [create_guid(), $this->list, $id, $this->module, gmdate('Y-m-d H:i:s')];
                return '(' . $this->database->texts($values) . ',0)';
            }, $missing);
            if ($tuples !== []) {
                $this->database->run('INSERT INTO prospect_lists_prospects'
                    . ' (id, prospect_list_id, related_id, related_type, date_modified, deleted) VALUES '
                    . implode(',', $tuples));
            }
            $added += count($missing);
        }
        return $added;
    }

    /**
     * Take records off the list, deleted ones too, but none that the user may not read: for the user
     * these are not on it.
     *
     * @param string[] $ids
     * @param bool $queued whether they leave SuiteCRM's queue of mails for this list, too
     */
    public function remove(array $ids, string $access, bool $queued = false): int
    {
        $removed = 0;
        foreach (array_chunk($ids, self::CHUNK) as $chunk) {
            $present = $this->present($chunk, $access);
            if ($present !== []) {
                $this->database->run(sprintf(
                    'UPDATE prospect_lists_prospects SET deleted = 1, date_modified = %s WHERE %s',
                    $this->database->text(gmdate('Y-m-d H:i:s')),
                    $this->condition($present, $access)
                ));
            }
            $removed += count($present);
            if ($present !== [] && $queued) {
                $this->database->run(sprintf(
                    'DELETE FROM emailman WHERE list_id = %s AND related_type = %s AND related_id IN (%s)',
                    $this->database->text($this->list),
                    $this->database->text($this->module),
                    $this->database->texts($present)
                ));
            }
        }
        return $removed;
    }

    /**
     * @param string[] $ids
     * @return string[] those of them that are on the list, however it spells them
     */
    private function present(array $ids, string $access = ''): array
    {
        $rows = $this->database->rows(
            'SELECT DISTINCT related_id FROM prospect_lists_prospects WHERE ' . $this->condition($ids, $access)
        );
        $known = [];
        foreach ($rows as $row) {
            $known[self::bare($row['related_id'])] = true;
        }
        return array_values(array_filter($ids, static function (string $id) use ($known): bool {
            return isset($known[self::bare($id)]);
        }));
    }

    /** What the spellings of an id have in common: the database minds neither case nor blanks at the end. */
    private static function bare(string $id): string
    {
        return mb_strtolower(rtrim($id, ' '), 'UTF-8');
    }

    /** @param string[] $ids */
    private function condition(array $ids, string $access): string
    {
        return sprintf(
            'prospect_list_id = %s AND related_type = %s AND related_id IN (%s) AND deleted = 0%s',
            $this->database->text($this->list),
            $this->database->text($this->module),
            $this->database->texts($ids),
            $access === '' ? '' : ' AND ' . $this->inSight($access)
        );
    }

    /** The database compares the ids: it finds a record under every spelling of its own. */
    private function inSight(string $access): string
    {
        return sprintf(
            '(NOT EXISTS (SELECT 1 FROM %1$s WHERE %1$s.id = related_id AND %1$s.deleted = 0)'
            . ' OR EXISTS (SELECT 1 FROM %1$s WHERE %1$s.id = related_id AND %1$s.deleted = 0 AND %2$s))',
            \BeanFactory::newBean($this->module)->table_name,
            $access
        );
    }

    /**
     * @param string[] $ids
     * @return string[]
     */
    private function found(string $table, array $ids, string $access): array
    {
        $rows = $this->database->rows(sprintf(
            'SELECT %1$s.id FROM %1$s'
            . ' WHERE %1$s.id IN (%2$s) AND %1$s.deleted = 0%3$s',
            $table,
            $this->database->texts($ids),
            $access === '' ? '' : ' AND ' . $access
        ));
        return array_column(iterator_to_array($rows, false), 'id');
    }
}
