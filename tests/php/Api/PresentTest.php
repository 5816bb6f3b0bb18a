<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Columns;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Present;
use SuiteCRM\Custom\SuiteCRMBridge\Runs;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Record;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class PresentTest extends ScoresCase
{
    public function testACustomFieldIsThereIfItHasAColumn(): void
    {
        $this->rows->columns = ['rfm_recency_c'];
        $found = Present::definitions(new Database(), new Record());
        $this->assertSame(
            ['id', 'last_name', 'description', 'phone_work', 'date_modified', 'modified_user_id', 'rfm_recency_c', 'email1'],
            array_keys($found)
        );
    }

    public function testAColumnThatSuiteCrmKnowsNothingOfIsNoField(): void
    {
        $this->rows->columns = ['rfm_recency_c', 'rfm_segment_c', 'clv_c'];
        $this->assertArrayNotHasKey('clv_c', Present::definitions(new Database(), new Record()));
    }

    public function testAFieldWithoutAColumnCannotBeAskedFor(): void
    {
        $this->rows->columns = [];
        $columns = new Columns('Contacts', 'contacts', Present::definitions(new Database(), new Record()));
        $this->assertRefused('unknown_column', 'columns[1]', static function () use ($columns) {
            $columns->expressions(['last_name', 'rfm_segment_c']);
        });
    }

    public function testARunIsRecordedWithoutTheSegmentsWhereTheirFieldIsGone(): void
    {
        $this->rows->columns = ['rfm_recency_c'];
        Runs::record(['result' => 'done']);
        $this->assertSame(
            [['result' => 'done', 'segments' => ['Contacts' => [], 'Accounts' => []]]],
            json_decode(\Administration::$saved['suitecrmbridge.runs'], true)
        );
    }
}
