<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Widgets;

/** A module's record of which only the list is asked. */
final class ListBean
{
    public $table_name = 'contacts';
    public $field_defs = ['rfm_segment_c' => []];
    /** @var bool */
    public $mayList = true;

    public function ACLAccess(string $view): bool
    {
        return $this->mayList && $view === 'list';
    }

    public function get_custom_table_name(): string
    {
        return 'contacts_cstm';
    }
}
