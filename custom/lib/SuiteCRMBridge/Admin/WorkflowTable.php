<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The workflows that came with the package: what each does, and whether it does so. */
final class WorkflowTable
{
    private const ACTIVE = 'Active';
    private const REPORT = 'index.php?module=AOR_Reports&action=DetailView&record=';
    private const ADDRESS = 'index.php?module=AOW_WorkFlow&action=DetailView&record=';

    /** @param array<int, array{id: string, name: string, description: string, status: string}> $workflows */
    public static function draw(array $workflows): string
    {
        if ($workflows === []) {
            return Html::help(Texts::get('page_no_workflow'));
        }
        $told = Html::help(Texts::get('page_workflows_help'));
        foreach ($workflows as $workflow) {
            $isActive = $workflow['status'] === self::ACTIVE;
            $told .= '<p class="suitecrmbridge-workflow"><a href="' . Html::text(self::ADDRESS . rawurlencode($workflow['id'])) . '">'
                . Html::text($workflow['name']) . '</a><br>'
                . Html::text(Texts::get($isActive ? 'page_workflow_active' : 'page_workflow_inactive')) . '<br>'
                . nl2br(Html::text($workflow['description'])) . '</p>';
        }
        return $told;
    }

    /** @param array<string, string> $reports names by id */
    public static function reports(array $reports): string
    {
        $told = '';
        foreach ($reports as $id => $name) {
            $link = '<a href="' . Html::text(self::REPORT . rawurlencode((string) $id)) . '">' . Html::text($name) . '</a>';
            $told .= '<p class="suitecrmbridge-workflow">' . Html::text(Texts::get('page_report')) . '<br>' . $link . '</p>';
        }
        return $told;
    }
}
