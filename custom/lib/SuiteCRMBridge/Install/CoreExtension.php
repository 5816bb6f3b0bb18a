<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The part of the package that SuiteCRM 8 keeps beside its legacy part.
 *
 * SuiteCRM copies it by itself, and empties its caches; version 7 has no such place.
 */
final class CoreExtension
{
    private const ROOT = '../../';
    private const KERNEL = 'core/backend/Kernel.php';
    private const FOLDER = 'extensions/suitecrmbridge';
    private const CACHE = 'cache/';

    /**
     * Delete it whole, an older version's too, which SuiteCRM would else put back when it uninstalls.
     *
     * What SuiteCRM has made of it goes after it: somebody who asked for a page while files went may have had it
     * made anew from those that were left, and every page would look for classes that are gone.
     */
    public static function remove(string $root = self::ROOT): void
    {
        if (!is_file($root . self::KERNEL)) {
            return;
        }
        self::delete($root . self::FOLDER);
        foreach (glob($root . self::CACHE . '*', GLOB_ONLYDIR) ?: [] as $made) {
            self::delete($made);
        }
    }

    private static function delete(string $folder): void
    {
        if (!is_dir($folder)) {
            return;
        }
        try {
            $all = new \RecursiveIteratorIterator(
                new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS),
                \RecursiveIteratorIterator::CHILD_FIRST
            );
            foreach ($all as $file) {
                // Pages that are asked for meanwhile write and delete here, too.
                $file->isDir() && !$file->isLink() ? @rmdir($file->getPathname()) : @unlink($file->getPathname());
            }
        } catch (\UnexpectedValueException $gone) {
            $GLOBALS['log']->fatal('SuiteCRM Bridge: a folder went meanwhile: ' . $gone->getMessage());
        }
        @rmdir($folder);
    }
}
