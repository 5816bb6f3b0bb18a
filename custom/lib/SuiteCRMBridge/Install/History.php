<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The Module Loader's list of installed packages. */
final class History
{
    private const STREAM = 'upload://';

    /**
     * Leave one line for the package, and its zip, without which it cannot be uninstalled.
     *
     * SuiteCRM replaces the line of an older version, but takes a version that begins with 0 for none, and
     * the same version from another zip for another package: either would be listed twice. The zip of the
     * line that it replaces it deletes, even where the new one has come to lie in the same place.
     */
    public static function replace(): void
    {
        $database = \DBManagerFactory::getInstance();
        $zip = $database->quoted(self::zip());
        if (!empty($_REQUEST['previous_id'])) {
            $id = $database->quoted((string) $_REQUEST['previous_id']);
            $database->query("UPDATE upgrade_history SET filename = '' WHERE id = $id AND filename = $zip");
            return;
        }
        $where = ' FROM upgrade_history WHERE id_name = ' . $database->quoted(Catalogue::PACKAGE);
        $result = $database->query('SELECT filename' . $where);
        while ($row = $database->fetchByAssoc($result, false)) {
            if ($row['filename'] !== self::zip() && is_file($row['filename'])) {
                unlink($row['filename']);
            }
        }
        $database->query('DELETE' . $where);
    }

    /** Where the zip lies that is being installed: SuiteCRM has a path for it, or what stands for one in the session. */
    private static function zip(): string
    {
        $given = (string) ($_REQUEST['install_file'] ?? '');
        $path = (string) ($_SESSION['file2Hash'][$given] ?? $given);
        if (strpos($path, self::STREAM) !== 0) {
            return $path;
        }
        $folder = rtrim((string) ($GLOBALS['sugar_config']['upload_dir'] ?? '') ?: 'upload', '/\\');
        return $folder . '/' . substr($path, strlen(self::STREAM));
    }
}
