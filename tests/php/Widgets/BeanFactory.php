<?php

/** SuiteCRM's way to its records: there is one. */
class BeanFactory
{
    /** @var object|false|null */
    public static $record;
    /** @var array<int, array<int, string>> */
    public static $asked = [];

    public static function getBean(string $module, string $id)
    {
        self::$asked[] = [$module, $id];
        if (self::$record === null) {
            throw new RuntimeException('gone');
        }
        return self::$record;
    }

    public static function newBean(string $module)
    {
        return self::getBean($module, '');
    }
}

/** SuiteCRM's database: it holds what the bridge told of one customer, and what is switched off. */
class DBManagerFactory
{
    /** @var string */
    public static $facts = '{}';
    /** @var array<int, array<string, string>> */
    public static $changes = [];
    /** @var string|null parts that an administrator switched off; null: the table cannot be read */
    public static $off = '';

    public static function getInstance(): object
    {
        return new class {
            public function quoted($text): string
            {
                return "'" . $text . "'";
            }

            public function query(string $statement): array
            {
                if (strpos($statement, 'FROM config') !== false) {
                    if (DBManagerFactory::$off === null) {
                        throw new RuntimeException('crashed');
                    }
                    return [['value' => DBManagerFactory::$off]];
                }
                if (strpos($statement, 'FROM suitecrmbridge_changes') !== false) {
                    return DBManagerFactory::$changes;
                }
                return strpos($statement, 'facts') === false ? [] : [['facts' => DBManagerFactory::$facts]];
            }

            public function fetchRow(array &$rows)
            {
                return array_shift($rows) ?? false;
            }
        };
    }
}
