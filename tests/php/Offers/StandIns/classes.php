<?php

// Classes and functions of SuiteCRM that offers call.

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Searches;

class DBManagerFactory
{
    /** @var Searches */
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
        DBManagerFactory::$database->settings[$name] = $value;
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
        return '2026-03-09 10:00:00';
    }
}

function sugar_cache_clear($key)
{
}

function return_application_language($language)
{
    $app_strings = $app_list_strings = [];
    $known = $language === 'fr_FR' ? 'fr_FR' : 'en_us';
    require __DIR__ . "/../../../../custom/Extension/application/Ext/Language/$known.suitecrmbridge.php";
    return $app_strings;
}
