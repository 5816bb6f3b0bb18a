<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns;

/** As much of how SuiteCRM loads and saves a person's record as matters here. */
class Record extends \stdClass
{
    public const STORED = [
        'last_name' => 'Müller-<x>',
        'description' => ' R&D <chef> ',
        'phone_work' => '1',
        'date_modified' => '01/02/2026 03:04',
        'modified_user_id' => 'somebody',
        'fraud_c' => '0',
        'rfm_segment_c' => 'lost',
        'rfm_recency_c' => '1',
        'email1' => 'a@example.test',
    ];

    public $field_defs = [
        'id' => ['type' => 'id'],
        'last_name' => ['type' => 'varchar'],
        'description' => ['type' => 'text'],
        'phone_work' => ['type' => 'phone'],
        'date_modified' => ['type' => 'datetime'],
        'modified_user_id' => ['type' => 'id'],
        'fraud_c' => ['type' => 'bool', 'source' => 'custom_fields'],
        'rfm_segment_c' => ['type' => 'enum', 'source' => 'custom_fields'],
        'rfm_recency_c' => ['type' => 'int', 'source' => 'custom_fields'],
        'email1' => ['type' => 'varchar', 'source' => 'non-db'],
    ];
    public $table_name = 'contacts';
    public $update_date_modified = true;
    public $update_modified_by = true;
    public $in_workflow = false;
    public $bean_fields_to_save;
    public $fetched_row = [];
    public $db;
    /** @var array<string, callable> what a customer's hooks do, by event */
    public static $hooks = [];
    /** @var string[] what happened beside the columns */
    public static $told = [];

    public function __construct()
    {
        $this->db = \DBManagerFactory::getInstance();
    }

    public function buildAccessWhere(string $view): string
    {
        return '';
    }

    public function retrieve(string $id): ?self
    {
        $this->id = $id;
        $this->fetched_row = self::STORED;
        foreach (self::STORED as $field => $value) {
            $this->$field = $value;
        }
        return $this;
    }

    public function save($check_notify = false)
    {
        if (!$this->in_workflow) {
            self::$told[] = 'emails';
        }
        $this->cleanBean();
        // The fields that are not as they were read are brought into the database's form.
        $this->date_modified = $this->update_date_modified ? 'now' : '2026-02-01 03:04:00';
        $this->modified_user_id = $this->update_modified_by ? 'bridge' : $this->modified_user_id;
        $this->fraud_c = (bool) $this->fraud_c;
        $this->save_relationship_changes(true);
        $this->call_custom_logic('before_save');
        $this->db->update($this);
        $this->call_custom_logic('after_save');
        foreach ($this->fetched_row as $field => $before) {
            if ($field !== 'date_modified' && (string) $before !== (string) $this->$field && $field !== 'fraud_c') {
                self::$told[] = "audit $field";
            }
        }
        return $this->id;
    }

    public function cleanBean()
    {
        $this->last_name = strip_tags(trim($this->last_name));
        $this->description = strip_tags($this->description);
    }

    public function save_relationship_changes($is_update, $exclude = [])
    {
        self::$told[] = 'relations';
    }

    public function call_custom_logic($event, $arguments = null)
    {
        $hook = self::$hooks[$event] ?? null;
        if ($hook !== null) {
            $hook($this);
        }
    }
}
