<?php

// Classes and functions of SuiteCRM that the way from a list to a target list goes by.

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Targets\StandIns\Base;

class DBManagerFactory
{
    /** @var Base */
    public static $database;

    public static function getInstance(): Base
    {
        return self::$database;
    }
}

class BeanFactory
{
    public static function newBean(string $module): object
    {
        return new class ($module) extends stdClass {
            public $db;
            public $table_name;
            public $module_dir;
            public $field_defs = ['rfm_segment_c' => [], 'next_action_c' => []];

            public function __construct(string $module)
            {
                $this->db = DBManagerFactory::$database;
                $this->module_dir = $module;
                $this->table_name = $module === 'ProspectLists' ? 'prospect_lists' : strtolower($module);
            }

            public function ACLAccess(string $action): bool
            {
                return !in_array($this->module_dir, ACLController::$forbidden, true);
            }

            public function buildAccessWhere(string $action): string
            {
                return "{$this->table_name}.assigned_user_id = 'me'";
            }

            public function get_custom_table_name(): string
            {
                return $this->table_name . '_cstm';
            }

            public function create_new_list_query($order, $where, $filter, $params, $deleted, $join, $asArray, $parent, $single)
            {
                $all = array_filter([$where, $this->buildAccessWhere('list')]);
                return [
                    'from' => " FROM {$this->table_name} LEFT JOIN {$this->table_name}_cstm",
                    'where' => ' where (' . implode(' AND ', $all) . ') AND deleted = 0',
                ];
            }

            public function save(): string
            {
                $this->db->lists['new'] = $this->name;
                return 'new';
            }
        };
    }
}

class ACLController
{
    /** @var string[] modules that the user may not use */
    public static $forbidden = [];

    public static function checkAccess(string $module, string $action, bool $isOwner = false): bool
    {
        return !in_array($module, self::$forbidden, true);
    }
}

function format_number($amount, $round = null, $decimals = null, $params = [])
{
    return number_format($amount, $decimals);
}

function create_guid(): string
{
    return uniqid('', true);
}
