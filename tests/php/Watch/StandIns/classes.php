<?php

// Classes and functions of SuiteCRM that the watch calls.

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Watch\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Watch\StandIns\Tables;

class DBManagerFactory
{
    /** @var Tables */
    public static $database;

    public static function getInstance(): object
    {
        return self::$database;
    }
}

class BeanFactory
{
    public static function newBean(string $module): object
    {
        return new Bean(strtolower($module));
    }
}

class TimeDate
{
    /** @var string */
    public static $now = '2026-03-09 10:00:00';

    public static function getInstance(): self
    {
        return new self();
    }

    public function nowDb(): string
    {
        return self::$now;
    }
}

function return_application_language($language)
{
    return [];
}
