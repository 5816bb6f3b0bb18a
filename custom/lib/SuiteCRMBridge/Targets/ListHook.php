<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Targets;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Below a list of customers, the button that takes all of what the list finds to a target list. */
final class ListHook
{
    private const LISTS = ['index', 'listview'];

    public function show(): void
    {
        try {
            echo self::button();
        } catch (\Throwable $failure) {
            // A list must be shown, whatever comes below it.
            $GLOBALS['log']->error('SuiteCRM Bridge: ' . $failure);
        }
    }

    private static function button(): string
    {
        $module = (string) ($_REQUEST['module'] ?? '');
        $action = strtolower((string) ($_REQUEST['action'] ?? ''));
        $isList = in_array($module, Found::modules(), true) && in_array($action, self::LISTS, true);
        // Without the page around it, the answer is for a script.
        if (!$isList || !empty($_REQUEST['to_pdf']) || !\ACLController::checkAccess('ProspectLists', 'edit', true)) {
            return '';
        }
        return '<form method="post" action="index.php" style="margin:10px 20px">'
            . FillPage::hidden(['module' => 'ProspectLists', 'action' => 'suitecrmbridge', 'of' => $module])
            . FillPage::hidden(['found' => Search::packed($_REQUEST)])
            . '<button type="submit" class="button">' . Html::text(Texts::get('fill_button')) . '</button></form>';
    }
}
