<?php

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Targets\Fill;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Customers of a list, or of some segments, put on a target list. */
#[\AllowDynamicProperties]
class ProspectListsViewSuitecrmbridge extends SugarView
{
    public function preDisplay()
    {
        if (!ACLController::checkAccess('ProspectLists', 'edit', true)) {
            sugar_die(Texts::get('fill_forbidden'));
        }
    }

    public function display()
    {
        $isPost = $_SERVER['REQUEST_METHOD'] === 'POST';
        echo Html::title((string) $this->getModuleTitle(false)), Fill::answer($isPost ? $_POST : $_GET, $isPost);
    }

    protected function _getModuleTitleParams($browserTitle = false)
    {
        return [
            "<a href='index.php?module=ProspectLists&action=index'>"
                . translate('LBL_MODULE_NAME', 'ProspectLists') . '</a>',
            Texts::get('fill_title'),
        ];
    }
}
