<?php

// Classes, functions and constants of SuiteCRM that the installer calls.

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Config;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Parser;

defined('MB_LISTVIEW') || define('MB_LISTVIEW', 'listview');

class DBManagerFactory
{
    /** @var Database|Config */
    public static $database;

    public static function getInstance(): object
    {
        return self::$database;
    }
}

class Administration
{
    public function saveSetting(string $category, string $name, string $value): void
    {
        if (html_entity_decode($value) !== $value || strlen($name) > 32 || strlen($category) > 32) {
            throw new LogicException("SuiteCRM cannot keep $category, $name: $value");
        }
        DBManagerFactory::$database->settings[$category][$name] = $value;
    }
}

class BeanFactory
{
    /** @var array<string, array> definitions of fields by module */
    public static $fields = [];

    public static function newBean(string $module): stdClass
    {
        return (object) ['table_name' => strtolower($module), 'field_defs' => self::$fields[$module] ?? []];
    }
}

/** As SuiteCRM's own: it shows the message, and the request ends. */
function sugar_die(string $message): void
{
    throw new RuntimeException($message);
}

class TemplateHandler
{
    public static function clearCache(string $module): void
    {
    }
}

class MBConstants
{
    public static $EMPTY = ['name' => '(empty)'];
    public static $FILLER = ['name' => '(filler)'];
}

class GridLayoutMetaDataParser extends Parser
{
    public function getMaxColumns(): int
    {
        return 2;
    }

    public function getTabDefs(): array
    {
        return $this->_viewdefs['templateMeta']['tabDefs'] ?? [];
    }

    public function addField(array $field, string $panel): bool
    {
        $this->_viewdefs['panels'][$panel][] = [$field['name'], '(empty)'];
        return true;
    }

    public function removeField(string $name): bool
    {
        foreach ($this->_viewdefs['panels'] as $panel => $rows) {
            foreach ($rows as $number => $row) {
                $row = array_replace($row, array_fill_keys(array_keys($row, $name, true), '(filler)'));
                $this->_viewdefs['panels'][$panel][$number] = $row;
            }
        }
        return true;
    }
}

class ParserFactory
{
    /** @var array<string, Parser> */
    public static $parsers = [];

    public static function getParser(string $view, string $module): Parser
    {
        return self::$parsers["$module $view"];
    }
}

function sugar_cache_clear($key)
{
}

function return_application_language($language)
{
    return ['LBL_SUITECRMBRIDGE_UNKNOWN_FIELDS' => 'unknown: {fields} of {module}'];
}
