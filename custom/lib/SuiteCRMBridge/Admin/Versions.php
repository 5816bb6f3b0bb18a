<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Whether the bridge that synchronised last is of the package's version. */
final class Versions
{
    /** @param mixed $bridge the bridge's version as it told it; null before it told one */
    public static function draw($bridge, string $package = Catalogue::VERSION): string
    {
        if (!is_string($bridge) || !preg_match('/^\d/', $bridge)) {
            return Html::text(Texts::get('page_bridge_unknown'));
        }
        $order = version_compare($bridge, $package);
        $key = $order === 0 ? 'page_bridge_same' : ($order < 0 ? 'page_bridge_older' : 'page_bridge_newer');
        return Html::state($order === 0, Texts::get($key, ['version' => $bridge, 'own' => $package]));
    }
}
