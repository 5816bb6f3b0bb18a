<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Field;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The row with the card at the top of a record's first panel. */
final class CardRow implements View
{
    /** @var string */
    private $module;

    public function __construct(string $module)
    {
        $this->module = $module;
    }

    public function name(): string
    {
        return 'card';
    }

    public function fields(): array
    {
        return [Field::NAME];
    }

    public function add(array $fields): void
    {
        $parser = \ParserFactory::getParser(MB_DETAILVIEW, $this->module);
        $panels = $parser->_viewdefs['panels'];
        $first = array_key_first($panels);
        if ($first === null || self::isOn($panels)) {
            return;
        }
        if (!isset($parser->_fielddefs[Field::NAME])) {
            throw new \RuntimeException(Texts::get('unknown_fields', [
                'fields' => Field::NAME,
                'module' => $this->module,
            ]));
        }
        $row = array_pad([Field::NAME], $parser->getMaxColumns(), \MBConstants::$EMPTY['name']);
        $parser->_viewdefs['panels'][$first] = array_merge([$row], array_values($panels[$first]));
        $parser->handleSave(false);
    }

    public function remove(array $fields): void
    {
        $parser = \ParserFactory::getParser(MB_DETAILVIEW, $this->module);
        if (!in_array(Field::NAME, $fields, true) || !self::isOn($parser->_viewdefs['panels'])) {
            return;
        }
        foreach ($parser->_viewdefs['panels'] as $panel => $rows) {
            $parser->_viewdefs['panels'][$panel] = array_values(array_filter(array_map([self::class, 'without'], $rows)));
        }
        $parser->handleSave(false);
    }

    /**
     * A row without the card; empty where nothing else stood in it. Studio would leave a hole at the top.
     *
     * @param string[] $row
     * @return string[]
     */
    private static function without(array $row): array
    {
        if (!in_array(Field::NAME, $row, true)) {
            return $row;
        }
        $none = [\MBConstants::$EMPTY['name'], \MBConstants::$FILLER['name']];
        if (array_diff($row, $none, [Field::NAME]) === []) {
            return [];
        }
        return array_map(static function ($name) use ($none) {
            return $name === Field::NAME ? $none[1] : $name;
        }, $row);
    }

    private static function isOn(array $panels): bool
    {
        foreach ($panels as $rows) {
            foreach ($rows as $row) {
                if (in_array(Field::NAME, $row, true)) {
                    return true;
                }
            }
        }
        return false;
    }
}
