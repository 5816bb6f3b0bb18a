<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Widgets;

/** A module's record of which only the list is asked. */
final class ListBean
{
    public $table_name = 'contacts';
    public $field_defs = ['rfm_segment_c' => ['source' => 'custom_fields']];
    /** @var bool */
    public $mayList = true;
    /** @var object that answers that five are loyal */
    public $db;

    public function __construct()
    {
        $this->db = new class {
            /** @var string[] */
            public $asked = [];
            /** @var array<int, array<string, string>> */
            private $rows = [['segment' => 'loyal', 'customers' => '5']];

            public function query(string $statement): bool
            {
                $this->asked[] = $statement;
                return true;
            }

            public function fetchByAssoc($result, bool $encode = true)
            {
                return array_shift($this->rows) ?? false;
            }
        };
    }

    public function buildAccessWhere(string $view): string
    {
        return "contacts.assigned_user_id = 'me'";
    }

    public function ACLAccess(string $view): bool
    {
        return $this->mayList && $view === 'list';
    }

    public function get_custom_table_name(): string
    {
        return 'contacts_cstm';
    }
}
