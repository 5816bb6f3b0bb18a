<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Platform;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The package's columns of a list, or its filters in a search. */
final class Listing implements View
{
    /** @var string */
    private $module;
    /** @var string */
    private $view;
    /** @var string[] */
    private $fields;
    /** @var bool */
    private $shown;

    /**
     * @param string[] $fields
     * @param bool $shown whether users see the fields at once, or may choose them
     */
    public function __construct(string $module, string $view, array $fields, bool $shown)
    {
        $this->module = $module;
        $this->view = $view;
        $this->fields = $fields;
        $this->shown = $shown;
    }

    public function name(): string
    {
        return $this->view;
    }

    public function fields(): array
    {
        return $this->fields;
    }

    public function add(array $fields): void
    {
        $parser = \ParserFactory::getParser($this->view, $this->module);
        $missing = array_diff($fields, array_keys($parser->_viewdefs));
        foreach ($missing as $field) {
            $parser->_viewdefs[$field] = $this->view === MB_LISTVIEW
                ? self::column($this->module, $field, $this->shown)
                : self::entry($this->module, $field, $this->shown);
        }
        if ($missing) {
            $parser->handleSave(false);
        }
    }

    public function remove(array $fields): void
    {
        $parser = \ParserFactory::getParser($this->view, $this->module);
        $parser->_viewdefs = array_diff_key($parser->_viewdefs, array_flip($fields));
        $parser->handleSave(false);
    }

    /** A column of a list: SuiteCRM 7 writes it as its type says; version 8 knows only its own types. */
    public static function column(string $module, string $field, bool $isShown): array
    {
        $known = Catalogue::FIELDS[$module][$field] ?? [];
        $written = Catalogue::WRITTEN[($known['digits'] ?? '') . ',' . ($known['scale'] ?? '')] ?? null;
        $entry = self::entry($module, $field, $isShown);
        return $written === null || Platform::isEight() ? $entry : array_replace($entry, ['type' => $written]);
    }

    /** A field as Studio's lists and searches name it. */
    private static function entry(string $module, string $field, bool $isShown): array
    {
        $common = ['name' => $field, 'width' => '10%', 'default' => $isShown];
        $known = Catalogue::FIELDS[$module][$field] ?? null;
        if ($known === null) {
            // SuiteCRM's own field: it knows the label and the type.
            return $common;
        }
        $entry = $common + ['type' => $known['type'], 'studio' => 'visible', 'label' => Texts::label($field)];
        if ($known['type'] === 'relate') {
            // Without the id, the name in a list leads nowhere.
            $entry += ['id' => strtoupper($known['id_name']), 'link' => true];
        }
        return $entry;
    }
}
