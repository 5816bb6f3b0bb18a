<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns;

/** SuiteCRM's records and settings, in memory. */
final class Store
{
    /** @var array<string, Bean[]> records by module */
    public static $beans = [];
    /** @var array<string, string> settings by category and name */
    public static $settings = [];
    /** @var Database */
    public static $db;

    public static function clear(): void
    {
        self::$beans = [];
        self::$settings = [];
        self::$db = new Database();
    }

    public static function newBean(string $module): Bean
    {
        $bean = new Bean(self::$db, strtolower($module));
        self::$beans[$module][] = $bean;
        return $bean;
    }

    /** @return Bean|false */
    public static function find(string $module, string $id)
    {
        foreach (self::$beans[$module] ?? [] as $bean) {
            if (($bean->id ?? null) === $id && !$bean->isDeleted) {
                return $bean;
            }
        }
        return false;
    }

    public static function setting(string $category, string $name, string $value): void
    {
        self::$settings["$category/$name"] = $value;
        self::$db->answer = [['value' => $value]];
    }
}
