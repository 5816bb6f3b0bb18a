<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Workflow templates, inactive at first: an administrator activates, changes or deletes them.
 *
 * The settings table remembers which were created, so that a deleted one does not come back.
 */
final class Workflows
{
    // A category of its own: the bridge's other settings are forgotten at another moment.
    private const CATEGORY = 'suitecrmbridge_workflows';
    private const NAME = 'created';

    // Deleting a bean would only mark it; nothing of the package stays after uninstalling.
    private const PARTS = [
        'aow_actions' => 'aow_workflow_id',
        'aow_conditions' => 'aow_workflow_id',
        'aow_processed' => 'aow_workflow_id',
        'aow_workflow_audit' => 'parent_id',
        'aow_workflow' => 'id',
    ];

    // Stored once for all readers: each finds their language.
    private const NAMED = '_name';
    private const DESCRIBED = '_description';
    private const BETWEEN_NAMES = ' / ';
    private const BETWEEN_PARAGRAPHS = "\n\n";

    private const TASK_DAYS = 1;
    private const COMPLAINT_AGE_DAYS = 7;

    public static function create(): void
    {
        $created = self::created();
        foreach (self::templates() as $key => $template) {
            if (!isset($created[$key])) {
                $created[$key] = self::save($template);
            }
        }
        (new \Administration())->saveSetting(self::CATEGORY, self::NAME, json_encode($created));
    }

    /** Takes the workflows that create() made, as they are now, out of the database, and forgets them. */
    public static function remove(): void
    {
        $db = \DBManagerFactory::getInstance();
        foreach (self::created() as $id) {
            foreach (self::PARTS as $table => $column) {
                $db->query("DELETE FROM $table WHERE $column = " . $db->quoted($id));
            }
        }
        $db->query('DELETE FROM config WHERE category = ' . $db->quoted(self::CATEGORY));
        sugar_cache_clear('admin_settings_cache');
    }

    /**
     * Those that are left; what nobody has changed is in the reader's language.
     *
     * @return array<int, array{id: string, name: string, description: string, status: string}>
     */
    public static function shipped(): array
    {
        $created = self::created();
        $ids = array_values($created);
        if ($ids === []) {
            return [];
        }
        $db = \DBManagerFactory::getInstance();
        $result = $db->query('SELECT id, name, description, status FROM aow_workflow WHERE deleted = 0 AND id IN ('
            . implode(', ', array_map([$db, 'quoted'], $ids)) . ') ORDER BY name');
        $found = [];
        while ($row = $db->fetchByAssoc($result, false)) {
            $found[] = self::read(array_map('strval', $row), (string) array_search($row['id'], $created, true));
        }
        return $found;
    }

    private static function read(array $workflow, string $template): array
    {
        $text = self::templates()[$template]['text'] ?? '';
        if ($workflow['name'] === Spoken::joined($text . self::NAMED, self::BETWEEN_NAMES)) {
            $workflow['name'] = Texts::get($text . self::NAMED);
        }
        if ($workflow['description'] === Spoken::joined($text . self::DESCRIBED, self::BETWEEN_PARAGRAPHS)) {
            $workflow['description'] = Texts::get($text . self::DESCRIBED);
        }
        return $workflow;
    }

    /** @return array<string, string> ids of the workflows by template */
    private static function created(): array
    {
        $db = \DBManagerFactory::getInstance();
        $result = $db->query(
            'SELECT value FROM config WHERE category = ' . $db->quoted(self::CATEGORY)
            . ' AND name = ' . $db->quoted(self::NAME)
        );
        // Not getOne(), which would turn the quotes into HTML entities.
        $row = $db->fetchByAssoc($result, false);
        return $row ? json_decode($row['value'], true) : [];
    }

    /** @return array<string, array> */
    private static function templates(): array
    {
        return ['at_risk' => self::atRisk(), 'complaint' => self::complaint()];
    }

    private static function atRisk(): array
    {
        return [
            'text' => 'workflow_at_risk',
            'module' => Names::modulesWith(Names::SEGMENT)[0],
            'run_when' => 'On_Save',
            'flow_run_on' => 'Modified_Records',
            'multiple_runs' => 1,
            'conditions' => [
                self::isOneOf(Names::SEGMENT, Names::segments(Names::ENDANGERED)),
                [Names::SEGMENT, 'Equal_To', 'Any_Change', ''],
            ],
            'description' => Names::REASON,
        ];
    }

    private static function complaint(): array
    {
        $age = ['now', 'minus', (string) self::COMPLAINT_AGE_DAYS, 'day'];
        return [
            'text' => 'workflow_complaint',
            'module' => Names::modulesWith(Names::COMPLAINT)[0],
            'run_when' => 'Always',
            'flow_run_on' => 'All_Records',
            'multiple_runs' => 0,
            'conditions' => [
                [Names::COMPLAINT, 'Equal_To', 'Value', '1'],
                self::isOneOf(Names::CUSTOMER_SEGMENT, Names::segments(Names::BEST)),
                // Without it, activating the workflow would make a task for every old complaint.
                ['date_entered', 'Greater_Than', 'Date', self::packed($age)],
            ],
            'description' => 'name',
        ];
    }

    /**
     * @param string[] $keys
     * @return string[]
     */
    private static function isOneOf(string $field, array $keys): array
    {
        return count($keys) === 1
            ? [$field, 'Equal_To', 'Value', $keys[0]]
            : [$field, 'Equal_To', 'Multi', encodeMultienumValue($keys)];
    }

    /** @return string id of the new workflow */
    private static function save(array $template): string
    {
        $workflow = \BeanFactory::newBean('AOW_WorkFlow');
        $workflow->name = Spoken::joined($template['text'] . self::NAMED, self::BETWEEN_NAMES);
        $workflow->description = Spoken::joined($template['text'] . self::DESCRIBED, self::BETWEEN_PARAGRAPHS);
        $workflow->flow_module = $template['module'];
        $workflow->status = 'Inactive';
        $workflow->run_when = $template['run_when'];
        $workflow->flow_run_on = $template['flow_run_on'];
        $workflow->multiple_runs = $template['multiple_runs'];
        $workflow->assigned_user_id = $GLOBALS['current_user']->id ?? '1';
        $workflow->save();
        foreach ($template['conditions'] as $position => $condition) {
            self::saveCondition($workflow, $position + 1, $condition);
        }
        self::saveAction($workflow, Texts::get($template['text'] . '_task'), $template['description']);
        return $workflow->id;
    }

    private static function saveCondition($workflow, int $order, array $condition): void
    {
        $bean = \BeanFactory::newBean('AOW_Conditions');
        $bean->aow_workflow_id = $workflow->id;
        $bean->condition_order = $order;
        $bean->module_path = self::packed([$workflow->flow_module]);
        [$bean->field, $bean->operator, $bean->value_type, $bean->value] = $condition;
        $bean->save();
    }

    /** The action: a task for the user assigned to the record, linked to the record. */
    private static function saveAction($workflow, string $task, string $descriptionField): void
    {
        $values = [
            ['name', 'Value', $task],
            ['description', 'Field', $descriptionField],
            ['priority', 'Value', 'High'],
            ['status', 'Value', 'Not Started'],
            ['date_due', 'Date', ['now', 'plus', (string) self::TASK_DAYS, 'day']],
            ['assigned_user_name', 'Field', 'assigned_user_name'],
            ['parent_type', 'Value', $workflow->flow_module],
            ['parent_id', 'Field', 'id'],
        ];
        $bean = \BeanFactory::newBean('AOW_Actions');
        $bean->name = $task;
        $bean->aow_workflow_id = $workflow->id;
        $bean->action_order = 1;
        $bean->action = 'CreateRecord';
        $bean->parameters = self::packed([
            'record_type' => 'Tasks',
            'relate_to_workflow' => '0',
            'copy_email_addresses' => '0',
            'field' => array_column($values, 0),
            'value_type' => array_column($values, 1),
            'value' => array_column($values, 2),
        ]);
        $bean->save();
    }

    private static function packed(array $value): string
    {
        return base64_encode(serialize($value));
    }
}
