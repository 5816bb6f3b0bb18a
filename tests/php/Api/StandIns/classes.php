<?php

// Classes of SuiteCRM that the route for scores calls.

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Record;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Api\StandIns\Rows;

class DBManagerFactory
{
    /** @var Rows */
    public static $database;

    public static function getInstance(): Rows
    {
        return self::$database;
    }
}

class BeanFactory
{
    /** @var string[] */
    public static $freed = [];

    public static function unregisterBean(string $module, string $id): bool
    {
        self::$freed[] = "$module $id";
        return true;
    }

    public static function newBean(string $module): Record
    {
        return new Record();
    }
}

class TimeDate
{
    public static function getInstance(): self
    {
        return new self();
    }

    public function nowDb(): string
    {
        return '2026-03-09 12:00:00';
    }
}

class ACLController
{
    public static function checkAccess(string $module, string $action): bool
    {
        return true;
    }
}

class Administration
{
    /** @var array<string, string> */
    public static $saved = [];

    public function saveSetting(string $category, string $name, string $value): void
    {
        self::$saved["$category.$name"] = $value;
    }
}
