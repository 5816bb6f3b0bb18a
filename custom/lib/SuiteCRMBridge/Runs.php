<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Output;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Present;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Writable;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The last runs of the bridge, kept in SuiteCRM's table of settings. */
final class Runs
{
    private const CATEGORY = 'suitecrmbridge';
    private const NAME = 'runs';
    private const KEPT = 10;

    /** @param array<string, mixed> $run started_at, finished_at, result, figures */
    public static function record(array $run): void
    {
        $run['segments'] = [];
        foreach (Writable::customers() as $module) {
            $run['segments'][$module] = self::countSegments($module);
        }
        $runs = array_slice(array_merge([$run], self::all()), 0, self::KEPT);
        // SuiteCRM decodes HTML entities in what it stores; without "&" there are none.
        $text = str_replace('&', '\u0026', Output::json($runs));
        (new \Administration())->saveSetting(self::CATEGORY, self::NAME, $text);
    }

    /** @return array<string, mixed>|null */
    public static function last(): ?array
    {
        return self::all()[0] ?? null;
    }

    /** @return array<string, int> customers by segment after the run before the last one */
    public static function previousSegmentCounts(string $module): array
    {
        return self::all()[1]['segments'][$module] ?? [];
    }

    public static function forget(): void
    {
        $database = new Database();
        $database->run('DELETE FROM config WHERE category = ' . $database->text(self::CATEGORY));
        sugar_cache_clear('admin_settings_cache');
    }

    /** @return array<int, array<string, mixed>> the latest first */
    private static function all(): array
    {
        $database = new Database();
        $rows = $database->rows(sprintf(
            'SELECT value FROM config WHERE category = %s AND name = %s',
            $database->text(self::CATEGORY),
            $database->text(self::NAME)
        ));
        foreach ($rows as $row) {
            return json_decode((string) $row['value'], true) ?: [];
        }
        return [];
    }

    /** @return array<string, int> none where the field was deleted */
    private static function countSegments(string $module): array
    {
        $database = new Database();
        $bean = \BeanFactory::newBean($module);
        if (!isset(Present::definitions($database, $bean)[Writable::SEGMENT])) {
            return [];
        }
        $counts = [];
        $rows = $database->rows(sprintf(
            "SELECT %2\$s AS segment, COUNT(*) AS customers FROM %1\$s JOIN %1\$s_cstm ON id_c = id"
            . " WHERE deleted = 0 AND %2\$s <> '' GROUP BY %2\$s",
            $bean->table_name,
            Writable::SEGMENT
        ));
        foreach ($rows as $row) {
            $counts[$row['segment']] = (int) $row['customers'];
        }
        return $counts;
    }
}
