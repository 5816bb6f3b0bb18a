<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns;

/** One of Studio's parsers, over a layout that is kept in memory. */
class Parser
{
    /** @var array<string, mixed> */
    public $_viewdefs = [];
    /** @var array<string, mixed> */
    public $_fielddefs = [];
    /** @var int */
    public $saves = 0;

    public function __construct(array $viewdefs, array $fields = [])
    {
        $this->_viewdefs = $viewdefs;
        $this->_fielddefs = array_fill_keys($fields, []);
    }

    public function handleSave(bool $populate): void
    {
        if ($populate) {
            throw new \LogicException('The layout would come from the request');
        }
        $this->saves++;
    }
}
