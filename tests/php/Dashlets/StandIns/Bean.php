<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns;

/** As much of a SuiteCRM record as dashlets and workflows need. */
final class Bean extends \stdClass
{
    /** @var Database */
    public $db;
    public $table_name = 'contacts';
    public $field_defs = [
        'name' => [],
        'case_number' => [],
        'date_entered' => [],
        'rfm_segment_c' => ['source' => 'custom_fields'],
        'rfm_recency_c' => ['source' => 'custom_fields'],
        'rfm_frequency_c' => ['source' => 'custom_fields'],
        'standing_c' => ['source' => 'custom_fields'],
        'next_action_reason_c' => ['source' => 'custom_fields'],
        'next_action_due_c' => ['source' => 'custom_fields'],
        'next_action_c' => ['source' => 'custom_fields'],
        'value_at_stake_c' => ['source' => 'custom_fields'],
        'purchase_total_c' => ['source' => 'custom_fields'],
        'clv_c' => ['source' => 'custom_fields'],
        'complaint_c' => ['source' => 'custom_fields'],
        'complaint_product_c' => ['source' => 'non-db', 'id_name' => 'aos_products_id_c'],
        'aos_products_id_c' => ['source' => 'custom_fields'],
        'sla_breached_c' => ['source' => 'custom_fields'],
        'waiting_hours_c' => ['source' => 'custom_fields'],
        'customer_segment_c' => ['source' => 'custom_fields'],
    ];
    /** @var array<string, array> definitions of fields besides, or in place of these */
    public static $definitions = [];
    public $access = '';
    /** @var bool whether beans may be listed that say nothing else */
    public static $mayList = true;
    public $isAllowed = true;
    public $isSaved = false;
    /** @var array<string, string[]> ids that were linked by link */
    public $linked = [];
    public $isDeleted = false;

    public function __construct(Database $db, string $table = 'contacts')
    {
        $this->db = $db;
        $this->table_name = $table;
        $this->field_defs = self::$definitions + $this->field_defs;
    }

    public function ACLAccess(string $view): bool
    {
        return $this->isAllowed && self::$mayList && $view === 'list';
    }

    public function buildAccessWhere(string $view): string
    {
        return $view === 'list' ? $this->access : '';
    }

    public function get_custom_table_name(): string
    {
        return $this->table_name . '_cstm';
    }

    public function load_relationship(string $link): bool
    {
        $this->$link = new class ($this, $link) {
            private $bean;
            private $link;

            public function __construct(Bean $bean, string $link)
            {
                $this->bean = $bean;
                $this->link = $link;
            }

            public function add(string $id): void
            {
                $this->bean->linked[$this->link][] = $id;
            }
        };
        return true;
    }

    public function save(): void
    {
        $this->isSaved = true;
        $this->id = $this->id ?? 'id-' . spl_object_id($this);
    }
}
