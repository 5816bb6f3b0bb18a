<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Naming;

use SuiteCRM\Custom\SuiteCRMBridge\Platform;
use SuiteCRM\Custom\SuiteCRMBridge\WrittenFile;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The language files that hold the other names; an administrator's own labels from Studio come after them. */
final class Files
{
    private const SUFFIX = '.suitecrmbridge_names.php';
    private const APPLICATION = 'custom/Extension/application/Ext/Language';
    private const MODULES = 'custom/Extension/modules/*/Ext/Language';

    /** @return string[] */
    public static function existing(): array
    {
        return array_merge(
            glob(self::APPLICATION . '/*' . self::SUFFIX) ?: [],
            glob(self::MODULES . '/*' . self::SUFFIX) ?: []
        );
    }

    /**
     * @param array<string, array<string, string>> $lists
     * @param array<string, string> $labels
     */
    public static function writeApplication(string $language, array $lists, array $labels): void
    {
        $lines = [];
        foreach ($lists as $list => $names) {
            foreach ($names as $key => $name) {
                $place = self::php($list) . '][' . self::php($key);
                $lines[] = sprintf('$app_list_strings[%s] = %s;', $place, self::php($name));
            }
        }
        foreach ($labels as $key => $label) {
            $lines[] = sprintf('$app_strings[%s] = %s;', self::php($key), self::php($label));
        }
        self::write(self::APPLICATION, $language, $lines);
    }

    /** @param array<string, string> $labels */
    public static function writeModule(string $language, string $module, array $labels): void
    {
        $lines = [];
        foreach ($labels as $key => $label) {
            $lines[] = sprintf('$mod_strings[%s] = %s;', self::php($key), self::php($label));
        }
        self::write(str_replace('*', $module, self::MODULES), $language, $lines);
    }

    public static function removeAll(): void
    {
        foreach (self::existing() as $file) {
            unlink($file);
            $folder = dirname($file);
            while (basename($folder) !== 'modules' && count(scandir($folder)) === 2) {
                rmdir($folder);
                $folder = dirname($folder);
            }
        }
    }

    /** @param string[] $languages */
    public static function rebuild(array $languages): void
    {
        require_once 'ModuleInstall/ModuleInstaller.php';
        $installer = new \ModuleInstaller();
        $installer->modules = get_module_dir_list();
        $installer->silent = true;
        $GLOBALS['mi_verbose'] = false;
        ob_start();
        $installer->rebuild_languages(array_flip($languages), $installer->modules);
        ob_end_clean();
        \LanguageManager::removeJSLanguageFiles();
        \LanguageManager::clearLanguageCache();
        sugar_cache_reset_full();
        Platform::forget();
    }

    /** @param string[] $lines */
    private static function write(string $folder, string $language, array $lines): void
    {
        if ($lines === []) {
            return;
        }
        $source = "<?php\n" . implode("\n", $lines) . "\n";
        WrittenFile::write($folder . '/' . $language . self::SUFFIX, $source);
    }

    private static function php(string $text): string
    {
        return var_export($text, true);
    }
}
