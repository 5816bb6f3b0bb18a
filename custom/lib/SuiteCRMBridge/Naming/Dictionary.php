<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Naming;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * The other names of the renamed modules, and the labels in which they stand, for one language.
 *
 * A label that is nothing but a module's name takes the other name in every module. Labels that say
 * more have a text of their own, which holds in other modules too if the label's key tells the object.
 */
final class Dictionary
{
    private const TEXTS = 'LBL_SUITECRMBRIDGE_RENAME_';
    private const LISTS = [
        'PLURAL' => ['moduleList'],
        'SINGULAR' => ['moduleListSingular', 'record_type_display', 'record_type_display_notes', 'parent_type_display'],
    ];

    /** @var string */
    private $language;
    /** @var array<string, array<string, string>> texts by module in capitals and by label */
    private $texts = [];
    /** @var array<string, string> other name by name in SuiteCRM */
    private $names = [];
    /** @var array<string, string> modules by their name in capitals */
    private $modules = [];

    public function __construct(string $language)
    {
        $this->language = $language;
        $lists = self::stock('app_list_strings', 'include/language', $language);
        foreach (array_keys($lists['moduleList']) as $module) {
            $this->modules[strtoupper($module)] = $module;
        }
        $this->readTexts();
        foreach ($this->texts as $module => $texts) {
            foreach (['en_us', $language] as $source) {
                $stock = self::stock('app_list_strings', 'include/language', $source);
                $name = $this->modules[$module];
                $this->names[$stock['moduleListSingular'][$name] ?? $name] = $texts['SINGULAR'];
                $this->names[$stock['moduleList'][$name] ?? $name] = $texts['PLURAL'];
            }
        }
    }

    /** @return array<string, array<string, string>> */
    public function lists(): array
    {
        $stock = self::stock('app_list_strings', 'include/language', $this->language);
        $found = [];
        foreach ($this->texts as $module => $texts) {
            foreach (self::LISTS as $form => $lists) {
                foreach ($lists as $list) {
                    if (isset($stock[$list][$this->modules[$module]])) {
                        $found[$list][$this->modules[$module]] = $texts[$form];
                    }
                }
            }
        }
        return $found;
    }

    /** @return array<string, string> */
    public function applicationLabels(): array
    {
        $stock = self::stock('app_strings', 'include/language', $this->language);
        return array_merge($this->renamed($stock), $this->worded($stock, ''));
    }

    /** @return array<string, array<string, string>> labels by module */
    public function moduleLabels(): array
    {
        $found = [];
        foreach (glob('modules/*/language/en_us.lang.php') as $file) {
            $module = basename(dirname($file, 2));
            $stock = self::stock('mod_strings', dirname($file), $this->language);
            $labels = array_merge($this->renamed($stock), $this->worded($stock, $module));
            if ($labels !== []) {
                $found[$module] = $labels;
            }
        }
        return $found;
    }

    private function readTexts(): void
    {
        foreach (return_application_language($this->language) as $key => $text) {
            if (strpos($key, self::TEXTS) === 0) {
                [$module, $label] = explode('_', substr($key, strlen(self::TEXTS)), 2);
                $this->texts[$module][$label] = $text;
            }
        }
    }

    /**
     * @param array<string, mixed> $labels
     * @return array<string, string>
     */
    private function renamed(array $labels): array
    {
        $found = [];
        foreach ($labels as $key => $label) {
            if (is_string($label)) {
                $end = self::end($label);
                $name = substr($label, 0, strlen($label) - strlen($end));
                $found += isset($this->names[$name]) ? [$key => $this->names[$name] . $end] : [];
            }
        }
        return $found;
    }

    /**
     * @param array<string, mixed> $labels of $module, '' for the application
     * @return array<string, string>
     */
    private function worded(array $labels, string $module): array
    {
        $found = [];
        foreach ($this->texts as $renamed => $texts) {
            $object = '_' . strtoupper(Catalogue::MODULES[$this->modules[$renamed]]['object']);
            foreach (array_intersect_key($texts, $labels) as $key => $text) {
                if ($this->modules[$renamed] === $module || strpos($key, $object) !== false) {
                    $found[$key] = $text . self::end($labels[$key]);
                }
            }
        }
        return $found;
    }

    /** The colon and spaces with which a label ends. */
    private static function end(string $label): string
    {
        return substr($label, strlen(rtrim($label, ': ')));
    }

    /** @return array<string, mixed> SuiteCRM's own strings, English where the language has none */
    private static function stock(string $variable, string $folder, string $language): array
    {
        $strings = [];
        foreach (array_unique(['en_us', $language]) as $source) {
            $$variable = [];
            if (is_file("$folder/$source.lang.php")) {
                include "$folder/$source.lang.php";
            }
            $strings = array_replace($strings, $$variable);
        }
        return $strings;
    }
}
