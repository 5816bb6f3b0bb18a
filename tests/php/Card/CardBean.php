<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

/** A record of SuiteCRM as it was read. */
final class CardBean
{
    /** @var array<string, string|null>|false */
    public $fetched_row;
    /** @var array<string, array<string, mixed>> */
    public $field_defs = [];
    /** @var string */
    public $id = 'c1';
    /** @var string */
    public $module_dir = 'Contacts';
    /** @var bool */
    public $mayView = true;
    /** @var bool */
    public $isDeleted = false;

    /** @param array<string, string|null> $row */
    public function __construct(array $row)
    {
        $this->fetched_row = $row;
        $this->field_defs = array_fill_keys(array_keys($row), []);
    }

    public function ACLAccess(string $view): bool
    {
        return $this->mayView && $view === 'view';
    }
}
