<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Addressing;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Marks;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** GET ping: what is installed here, and what the user may do. */
final class Ping implements Route
{
    public function answer(Request $request, Output $output): void
    {
        $request->parameters([]);
        $modules = [];
        foreach (array_keys(Catalogue::MODULES) as $module) {
            $modules[$module] = ['read' => Access::mayRead($module), 'write' => Access::mayWrite($module)];
        }
        $output->writeJson([
            'version' => Catalogue::VERSION,
            'fingerprint' => Catalogue::FINGERPRINT,
            'rules' => Catalogue::RULES,
            'segments' => array_keys(Catalogue::SEGMENTS),
            'user' => html_entity_decode((string) $GLOBALS['current_user']->user_name, ENT_QUOTES, 'UTF-8'),
            'suitecrm' => self::version(),
            'server_time' => gmdate('Y-m-d H:i:s'),
            'modules' => $modules,
            'limits' => Limits::ALL,
            'addressing' => Addressing::mark(),
        ] + Marks::all());
    }

    private static function version(): string
    {
        $suitecrm_version = '';
        require 'suitecrm_version.php';
        return $suitecrm_version;
    }
}
