<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The Module Loader's list of installed packages. */
final class History
{
    /**
     * Leave one line for the package.
     *
     * SuiteCRM replaces the line of an older version, but takes a version that begins with 0 for none, and
     * the same version from another zip for another package: either would be listed twice.
     */
    public static function replace(): void
    {
        if (!empty($_REQUEST['previous_id'])) {
            return;
        }
        $database = \DBManagerFactory::getInstance();
        $where = ' FROM upgrade_history WHERE id_name = ' . $database->quoted(Catalogue::PACKAGE);
        $result = $database->query('SELECT filename' . $where);
        while ($row = $database->fetchByAssoc($result, false)) {
            if ($row['filename'] !== ($_REQUEST['install_file'] ?? '') && is_file($row['filename'])) {
                unlink($row['filename']);
            }
        }
        $database->query('DELETE' . $where);
    }
}
