<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What differs between wanted and stored scores, and how it is to be written. */
final class ScorePlan
{
    /** @var array<string, array<string, string|null>> rows to write in bulk, by id */
    private $bulk = [];
    /** @var array<string, array<string, string|null>> rows of the records to save, by id */
    private $notices = [];
    /** @var string[] */
    private $unknown = [];
    /** @var int */
    private $written = 0;
    /** @var int */
    private $unchanged = 0;

    /**
     * @param array<string, array<string, string|null>> $wanted
     * @param array<string, array<string, string|null>> $stored records that exist and may be edited
     */
    public function __construct(array $wanted, array $stored, bool $notify)
    {
        foreach ($wanted as $id => $row) {
            if (!isset($stored[$id])) {
                $this->unknown[] = (string) $id;
            } elseif (self::same($row, $stored[$id])) {
                $this->unchanged++;
            } else {
                $this->written++;
                $this->add($id, $row, $stored[$id], $notify);
            }
        }
    }

    public function bulk(): array
    {
        return $this->bulk;
    }

    public function notices(): array
    {
        return $this->notices;
    }

    /** @return string[] */
    public function unknown(): array
    {
        return $this->unknown;
    }

    public function written(): int
    {
        return $this->written;
    }

    public function unchanged(): int
    {
        return $this->unchanged;
    }

    /**
     * The bulk leaves a segment that is to be announced as it was, so that the save which follows
     * sees the old one and the new one beside the other, already new figures.
     *
     * @param int|string $id
     */
    private function add($id, array $row, array $stored, bool $notify): void
    {
        $segment = Writable::SEGMENT;
        if ($notify && array_key_exists($segment, $row) && !self::same([$row[$segment]], [$stored[$segment]])) {
            $this->notices[$id] = $row;
            $row[$segment] = $stored[$segment];
        }
        if (!self::same($row, $stored)) {
            $this->bulk[$id] = $row;
        }
    }

    /** A record saved in SuiteCRM may keep an empty text where there was NULL. */
    private static function same(array $wanted, array $stored): bool
    {
        foreach ($wanted as $column => $value) {
            if ((string) $value !== (string) $stored[$column]) {
                return false;
            }
        }
        return true;
    }
}
