<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\ScoreTable;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Writable;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Record;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Rows;

/** Contacts in a database in memory, and the hooks of a customer. */
abstract class ScoresCase extends ApiCase
{
    protected const LOST = ['rfm_segment_c' => 'lost', 'rfm_recency_c' => '1'];
    protected const WON = ['rfm_segment_c' => 'champions', 'rfm_recency_c' => '5'];

    /** @var Rows */
    protected $rows;

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $this->rows = new Rows();
        \DBManagerFactory::$database = $this->rows;
        $app_strings = [];
        $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
        $GLOBALS['current_user'] = (object) ['id' => 'bridge'];
        $GLOBALS['log'] = new class () {
            /** @var string[] */
            public $lines = [];

            public function fatal(string $line): void
            {
                $this->lines[] = $line;
            }
        };
        Record::$hooks = [];
        Record::$told = [];
    }

    protected function table(): ScoreTable
    {
        return new ScoreTable(new Database(), new Record(), Writable::columns('Contacts'), '');
    }
}
