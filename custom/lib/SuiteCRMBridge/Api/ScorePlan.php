<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What differs between wanted and stored scores, and how it is to be written. */
final class ScorePlan
{
    /** @var array<string, array<string, string|null>> rows to write in bulk, by id */
    public $bulk = [];
    /** @var array<string, array<string, string|null>> rows of the records whose segment changes */
    public $announced = [];
    /** @var string[] ids of records that do not exist or may not be edited */
    public $unknown = [];
    /** @var string[] ids of records that hold what is wanted */
    public $unchanged = [];
    /** @var string[] ids of those to write of which the table of custom fields has no row */
    public $missing = [];

    /**
     * @param array<string, array<string, string|null>> $wanted
     * @param array<string, array<string, string|null>> $stored records that exist and may be edited
     */
    public function __construct(array $wanted, array $stored, bool $notify)
    {
        foreach ($wanted as $key => $row) {
            $id = (string) $key;
            if (!isset($stored[$id])) {
                $this->unknown[] = $id;
            } elseif (self::same($row, $stored[$id])) {
                $this->unchanged[] = $id;
            } else {
                $this->add($id, $row, $stored[$id], $notify);
            }
        }
    }

    /**
     * Whether nothing would change. A record saved in SuiteCRM may keep an empty text where there was NULL.
     *
     * @param array<string, string|null> $wanted
     * @param array<string, string|null> $stored
     */
    public static function same(array $wanted, array $stored): bool
    {
        foreach ($wanted as $column => $value) {
            if ((string) $value !== (string) $stored[$column]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the segment would change.
     *
     * @param array<string, string|null> $wanted
     * @param array<string, string|null> $stored
     */
    public static function moves(array $wanted, array $stored): bool
    {
        $segment = Writable::SEGMENT;
        return array_key_exists($segment, $wanted) && !self::same([$segment => $wanted[$segment]], $stored);
    }

    private function add(string $id, array $row, array $stored, bool $notify): void
    {
        if ($notify && self::moves($row, $stored)) {
            $this->announced[$id] = $row;
        } else {
            $this->bulk[$id] = $row;
        }
        if (($stored[ScoreTable::OWN_ROW] ?? null) === null) {
            $this->missing[] = $id;
        }
    }
}
