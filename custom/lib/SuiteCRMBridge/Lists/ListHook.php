<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Lists;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Targets\FillPage;
use SuiteCRM\Custom\SuiteCRMBridge\Targets\Found;
use SuiteCRM\Custom\SuiteCRMBridge\Targets\Search;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What SuiteCRM 7 shows with a list besides: by what it is filtered, and the way from it to a target list. */
final class ListHook
{
    private const LISTS = ['index', 'listview'];
    /** With further columns, heads on one line push the last ones, and how many records there are, off the screen. */
    private const HEADS = '<style>table.list.view th,table.list.view th a,table.list.view th div{white-space:normal!important}</style>';

    public function show(): void
    {
        try {
            echo self::drawn();
        } catch (\Throwable $failure) {
            // A list must be shown, whatever comes with it.
            $GLOBALS['log']->error('SuiteCRM Bridge: ' . $failure);
        }
    }

    private static function drawn(): string
    {
        $module = (string) ($_REQUEST['module'] ?? '');
        $isList = in_array(strtolower((string) ($_REQUEST['action'] ?? '')), self::LISTS, true);
        // Without the page around it, the answer is for a script.
        if (!$isList || !empty($_REQUEST['to_pdf'])) {
            return '';
        }
        $heads = isset(Catalogue::SCREENS[$module]) ? self::HEADS : '';
        return $heads . FilterNote::draw($module, $_REQUEST) . self::button($module);
    }

    private static function button(string $module): string
    {
        if (!in_array($module, Found::modules(), true) || !\ACLController::checkAccess('ProspectLists', 'edit', true)) {
            return '';
        }
        return '<form method="post" action="index.php" style="margin:10px 20px">'
            . FillPage::hidden(['module' => 'ProspectLists', 'action' => 'suitecrmbridge', 'of' => $module])
            . FillPage::hidden(['found' => Search::packed($_REQUEST)])
            . Html::submit(Texts::get('fill_button')) . '</form>';
    }
}
