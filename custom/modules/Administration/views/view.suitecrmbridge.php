<?php

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Actions;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Page;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Administration > SuiteCRM Bridge. */
#[\AllowDynamicProperties]
class AdministrationViewSuitecrmbridge extends SugarView
{
    private const ADDRESS = 'index.php?module=Administration&action=suitecrmbridge';

    public function preDisplay()
    {
        if (!is_admin($GLOBALS['current_user'])) {
            sugar_die(Texts::get('page_forbidden'));
        }
    }

    public function process()
    {
        if ($_SERVER['REQUEST_METHOD'] === 'POST' && is_admin($GLOBALS['current_user'])) {
            Actions::run($_POST);
            SugarApplication::redirect(self::ADDRESS);
        }
        parent::process();
    }

    public function display()
    {
        echo Html::title((string) $this->getModuleTitle(false)), Page::draw();
    }

    protected function _getModuleTitleParams($browserTitle = false)
    {
        return [
            "<a href='index.php?module=Administration&action=index'>"
                . translate('LBL_MODULE_NAME', 'Administration') . '</a>',
            Texts::get('page_title'),
        ];
    }
}
