<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A panel with the package's fields on a record, shown or edited: the first one, or a group below it. */
final class Panel implements View
{
    public const LABEL = 'LBL_SUITECRMBRIDGE_PANEL';

    /** @var string */
    private $module;
    /** @var string */
    private $view;
    /** @var string[][] */
    private $rows;
    /** @var string */
    private $label;

    /**
     * @param string[][] $rows
     * @param string $group its name in the catalogue; empty: the first panel
     */
    public function __construct(string $module, string $view, array $rows, string $group = '')
    {
        $this->module = $module;
        $this->view = $view;
        $this->rows = $rows;
        $this->label = self::label($group);
    }

    /** What SuiteCRM's layouts call a panel; the key of its title, too. */
    public static function label(string $group): string
    {
        return $group === '' ? self::LABEL : self::LABEL . '_' . strtoupper($group);
    }

    public function name(): string
    {
        return $this->view;
    }

    public function fields(): array
    {
        return array_merge(...$this->rows);
    }

    public function add(array $fields): void
    {
        $parser = \ParserFactory::getParser($this->view, $this->module);
        $fields = array_diff($fields, self::present($parser->_viewdefs['panels']));
        if (!$fields) {
            return;
        }
        $unknown = array_diff($fields, array_keys($parser->_fielddefs));
        if ($unknown) {
            throw new \RuntimeException(Texts::get('unknown_fields', [
                'fields' => implode(', ', $unknown),
                'module' => $this->module,
            ]));
        }
        if (isset($parser->_viewdefs['panels'][$this->label])) {
            foreach ($fields as $field) {
                $parser->addField(['name' => $field], $this->label);
            }
        } else {
            $this->addPanel($parser, $fields);
        }
        $parser->handleSave(false);
    }

    public function remove(array $fields): void
    {
        $parser = \ParserFactory::getParser($this->view, $this->module);
        $present = self::present($parser->_viewdefs['panels']);
        // Studio drops a row that became empty only at the end of its panel.
        foreach (array_reverse(array_intersect($present, $fields)) as $field) {
            $parser->removeField($field);
        }
        if (!self::present([$parser->_viewdefs['panels'][$this->label] ?? []])) {
            unset($parser->_viewdefs['panels'][$this->label]);
            unset($parser->_viewdefs['templateMeta']['tabDefs'][$this->label]);
        }
        $parser->handleSave(false);
    }

    private function addPanel(\GridLayoutMetaDataParser $parser, array $fields): void
    {
        $rows = [];
        foreach ($this->rows as $row) {
            $wanted = array_values(array_intersect($row, $fields));
            if ($wanted) {
                $rows[] = array_pad($wanted, $parser->getMaxColumns(), \MBConstants::$EMPTY['name']);
            }
        }
        // Without a tab of its own the panel would hide at the end of the last one; a group stands in that tab.
        $tabs = $this->label === self::LABEL ? array_column($parser->getTabDefs(), 'newTab') : [];
        $parser->_viewdefs['panels'][$this->label] = $rows;
        $parser->_viewdefs['templateMeta']['tabDefs'][$this->label] = [
            'newTab' => in_array(true, $tabs, true),
            'panelDefault' => 'expanded',
        ];
    }

    /** @return string[] every field on these panels */
    private static function present(array $panels): array
    {
        $names = [];
        foreach ($panels as $panel) {
            $names = array_merge($names, ...array_values($panel));
        }
        return array_diff($names, [\MBConstants::$EMPTY['name'], \MBConstants::$FILLER['name']]);
    }
}
