<?php

use SuiteCRM\Custom\SuiteCRMBridge\Card\Timeline;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What changed when for one of the accounts. */
#[\AllowDynamicProperties]
class AccountsViewSuitecrmbridgetimeline extends SugarView
{
    public function display()
    {
        echo Html::title((string) $this->getModuleTitle(false)), Timeline::page($this->bean);
    }

    protected function _getModuleTitleParams($browserTitle = false)
    {
        return [
            "<a href='index.php?module=Accounts&action=index'>"
                . ($GLOBALS['app_list_strings']['moduleList']['Accounts'] ?? 'Accounts') . '</a>',
            Texts::get('card_timeline'),
        ];
    }
}
