<?php

// Classes of SuiteCRM that dashlets and workflows call.

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;

class BeanFactory
{
    public static function newBean(string $module): Bean
    {
        return Store::newBean($module);
    }

    public static function getBean(string $module, string $id)
    {
        return Store::find($module, $id);
    }
}

class DBManagerFactory
{
    public static function getInstance(): Database
    {
        return Store::$db;
    }
}

class Administration
{
    public function saveSetting(string $category, string $name, string $value): void
    {
        Store::setting($category, $name, $value);
    }
}

class Dashlet
{
    public $id;
    public $title;
    public $isConfigurable = false;
    public $dashletStrings;

    public function __construct($id)
    {
        $this->id = $id;
    }

    public function loadLanguage($class)
    {
        $dashletStrings = [];
        require __DIR__ . "/../../../../custom/modules/Home/Dashlets/$class/$class.en_us.lang.php";
        $this->dashletStrings = $dashletStrings[$class];
    }
}
