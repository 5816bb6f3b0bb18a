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

    /** Delete it whole, an older version's too, which SuiteCRM would else put back when it uninstalls. */
    public static function remove(string $root = self::ROOT): void
    {
        $folder = $root . self::FOLDER;
        if (!is_file($root . self::KERNEL) || !is_dir($folder)) {
            return;
        }
        $all = new \RecursiveIteratorIterator(
            new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS),
            \RecursiveIteratorIterator::CHILD_FIRST
        );
        foreach ($all as $file) {
            $file->isDir() && !$file->isLink() ? rmdir($file->getPathname()) : unlink($file->getPathname());
        }
        rmdir($folder);
    }
}
