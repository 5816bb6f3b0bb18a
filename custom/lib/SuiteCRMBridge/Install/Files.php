<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's files below SuiteCRM's folder custom/. */
final class Files
{
    private const RECORD = 'files';
    private const SOURCES = '#^custom/Extension/(modules/[^/]+|application)/Ext/[^/]+$#';
    private const KEPT = '#^custom(/Extension)?(/modules|/application)?$#';

    /** Keep in mind which files this version has, so that a later one can remove those it no longer has. */
    public static function remember(string $tree): void
    {
        Store::write(self::RECORD, self::below($tree));
    }

    /**
     * Delete the files of the package, of the version before as of the one in $tree.
     *
     * Whatever lies in their place when SuiteCRM copies files is put back when they are uninstalled: an
     * upgraded package would leave its older version behind.
     */
    public static function remove(string $tree): void
    {
        $files = array_unique(array_merge(Store::read(self::RECORD) ?? [], self::below($tree)));
        foreach ($files as $file) {
            if (is_file($file)) {
                unlink($file);
            }
        }
        self::removeEmptyFolders($files);
        self::removeMerged($files);
    }

    /**
     * Delete what SuiteCRM merged from folders that are gone now: it would empty their counterparts, and
     * leave them.
     *
     * @param string[] $files
     */
    private static function removeMerged(array $files): void
    {
        $merged = [];
        foreach (array_unique(array_map('dirname', $files)) as $folder) {
            if (preg_match(self::SOURCES, $folder) && !is_dir($folder)) {
                $target = str_replace('custom/Extension/', 'custom/', $folder);
                $found = glob($target . '/*.ext.php') ?: [];
                array_map('unlink', $found);
                $merged[] = $target . '/any';
            }
        }
        self::removeEmptyFolders($merged);
    }

    /** Delete what SuiteCRM writes for each custom field and never removes. */
    public static function removeOverrides(): void
    {
        $files = [];
        foreach (Catalogue::FIELDS as $module => $fields) {
            $names = array_merge(array_keys($fields), array_column($fields, 'id_name'));
            foreach ($names as $name) {
                $files[] = "custom/Extension/modules/$module/Ext/Vardefs/_override_sugarfield_$name.php";
            }
        }
        foreach (array_filter($files, 'is_file') as $file) {
            unlink($file);
        }
        self::removeEmptyFolders($files);
    }

    /** @param string[] $files */
    public static function removeEmptyFolders(array $files): void
    {
        foreach (array_unique(array_map('dirname', $files)) as $folder) {
            while (!preg_match(self::KEPT, $folder) && (!is_dir($folder) || self::isRemoved($folder))) {
                $folder = dirname($folder);
            }
        }
    }

    private static function isRemoved(string $folder): bool
    {
        return count(scandir($folder)) === 2 && rmdir($folder);
    }

    /** @return string[] where the files of an unpacked tree go */
    private static function below(string $tree): array
    {
        $files = [];
        $all = new \RecursiveDirectoryIterator($tree, \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($all) as $file) {
            $path = str_replace('\\', '/', substr($file->getPathname(), strlen($tree)));
            $files[] = 'custom' . $path;
        }
        sort($files);
        return $files;
    }
}
