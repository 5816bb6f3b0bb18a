<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Watch\StandIns;

/** A record that SuiteCRM would store: it goes into its table as it is. */
final class Bean extends \stdClass
{
    /** @var string */
    private $table;

    public function __construct(string $table)
    {
        $this->table = $table;
    }

    public function save(): void
    {
        $kept = array_diff_key(get_object_vars($this), ['table' => '']);
        \DBManagerFactory::$database->rows[$this->table][] = $kept
            + ['deleted' => 0, 'date_entered' => \TimeDate::$now, 'last_run' => null];
    }
}
