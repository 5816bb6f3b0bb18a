<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** SuiteCRM's database, in the place of which a record is saved that has no changed column of its own. */
final class Unwritten
{
    /** @var \DBManager */
    private $db;

    /** @param \DBManager $db */
    public function __construct($db)
    {
        $this->db = $db;
    }

    public function update(): bool
    {
        return true;
    }

    /** @return mixed */
    public function __call(string $name, array $arguments)
    {
        return $this->db->$name(...$arguments);
    }

    /** @return mixed */
    public function __get(string $name)
    {
        return $this->db->$name;
    }
}
