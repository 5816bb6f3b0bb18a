<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * A report of SuiteCRM's own kind that comes with the package, for administrators to use, change or delete.
 *
 * SuiteCRM stores the heads of a report as they are read, so there is one for each language that it offers.
 *
 * The settings table remembers that it was created, so that a deleted one does not come back.
 */
final class Reports
{
    private const CATEGORY = 'suitecrmbridge_reports';
    private const NAME = 'created';
    private const TO_CALL = 'to_call_';

    // Deleting a bean would only mark it; nothing of the package stays after uninstalling.
    private const PARTS = [
        'aor_fields' => 'aor_report_id',
        'aor_conditions' => 'aor_report_id',
        'aor_charts' => 'aor_report_id',
        'aor_scheduled_reports' => 'aor_report_id',
        'aor_reports_audit' => 'parent_id',
        'aor_reports' => 'id',
    ];

    /** Columns with the texts of their heads; further keys are SuiteCRM's own. */
    private const COLUMNS = [
        ['last_name', 'report_last_name', ['link' => 1]],
        ['first_name', 'report_first_name', []],
        [Names::ACTION, 'dashlet_action', []],
        [Names::ACTION_DUE, 'report_due', []],
        [Names::SEGMENT, 'dashlet_segment', []],
        ['assigned_user_name', 'report_owner', []],
        [Names::VALUE_AT_STAKE, 'dashlet_risk_at_stake', ['sort_by' => 'DESC', 'total' => 'SUM']],
    ];

    public static function create(): void
    {
        $created = self::created();
        foreach (Spoken::languages() as $language) {
            $key = self::TO_CALL . $language;
            if (!isset($created[$key])) {
                $created[$key] = self::save($language);
            }
        }
        (new \Administration())->saveSetting(self::CATEGORY, self::NAME, (string) json_encode($created));
    }

    /** Takes the reports that create() made, as they are now, out of the database, and forgets them. */
    public static function remove(): void
    {
        $database = new Database();
        foreach (self::created() as $id) {
            foreach (self::PARTS as $table => $column) {
                $database->run("DELETE FROM $table WHERE $column = " . $database->text($id));
            }
        }
        $database->run('DELETE FROM config WHERE category = ' . $database->text(self::CATEGORY));
        sugar_cache_clear('admin_settings_cache');
    }

    /** @return array<string, string> names by id of those that are left */
    public static function shipped(): array
    {
        $ids = array_values(self::created());
        if ($ids === []) {
            return [];
        }
        $database = new Database();
        $found = [];
        $rows = $database->rows('SELECT id, name FROM aor_reports WHERE deleted = 0 AND id IN (' . $database->texts($ids) . ')');
        foreach ($rows as $row) {
            $found[$row['id']] = (string) $row['name'];
        }
        return $found;
    }

    /** @return array<string, string> ids by report */
    private static function created(): array
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

    /** Those to call or win back, the highest value at stake first. */
    private static function save(string $language): string
    {
        $report = \BeanFactory::newBean('AOR_Reports');
        $report->name = Spoken::text($language, 'report_to_call_name');
        $report->description = Spoken::text($language, 'report_to_call_description');
        $report->report_module = Names::modulesWith(Names::ACTION)[0];
        $report->assigned_user_id = $GLOBALS['current_user']->id ?? '1';
        $report->save();
        $path = base64_encode(serialize([$report->report_module]));
        foreach (self::COLUMNS as $place => [$field, $head, $more]) {
            self::part('AOR_Fields', $report->id, $more + [
                'field' => $field,
                'label' => Spoken::text($language, $head),
                'field_order' => $place + 1,
                'module_path' => $path,
                'display' => 1,
                'group_display' => -1,
            ]);
        }
        self::part('AOR_Conditions', $report->id, [
            'field' => Names::ACTION,
            'operator' => 'Equal_To',
            'value_type' => 'Multi',
            'value' => encodeMultienumValue(Catalogue::TO_CALL),
            'condition_order' => 1,
            'module_path' => $path,
            'parameter' => 0,
        ]);
        return $report->id;
    }

    private static function part(string $module, string $report, array $values): void
    {
        $bean = \BeanFactory::newBean($module);
        foreach ($values + ['aor_report_id' => $report] as $name => $value) {
            $bean->$name = $value;
        }
        $bean->save();
    }
}
