<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\WorkflowTable;

final class WorkflowTableTest extends TestCase
{
    private const WORKFLOW = ['id' => 'w1', 'name' => 'At risk', 'description' => 'Makes a task.', 'status' => 'Inactive'];

    protected function setUp(): void
    {
        require_once __DIR__ . '/stand_ins.php';
        $GLOBALS['bridge_test_strings'] = [
            'LBL_SUITECRMBRIDGE_PAGE_WORKFLOW_ACTIVE' => 'works',
            'LBL_SUITECRMBRIDGE_PAGE_WORKFLOW_INACTIVE' => 'does nothing yet',
            'LBL_SUITECRMBRIDGE_PAGE_NO_WORKFLOW' => 'none is left',
        ];
    }

    public function testItSaysWhatAnInactiveWorkflowWouldDo(): void
    {
        $drawn = WorkflowTable::draw([self::WORKFLOW]);
        $this->assertStringContainsString('does nothing yet', $drawn);
        $this->assertStringContainsString('Makes a task.', $drawn);
        $this->assertStringContainsString('module=AOW_WorkFlow&amp;action=DetailView&amp;record=w1', $drawn);
    }

    public function testAnActiveOneIsToldFromIt(): void
    {
        $drawn = WorkflowTable::draw([['status' => 'Active'] + self::WORKFLOW]);
        $this->assertStringContainsString('works', $drawn);
        $this->assertStringNotContainsString('does nothing yet', $drawn);
    }

    public function testDeletedOnesAreMissedInWords(): void
    {
        $this->assertStringContainsString('none is left', WorkflowTable::draw([]));
    }

    public function testWhatAnAdministratorWroteIsEscaped(): void
    {
        $nasty = array_fill_keys(array_keys(self::WORKFLOW), '"><script>');
        $this->assertStringNotContainsString('<script', WorkflowTable::draw([$nasty]));
    }
}
