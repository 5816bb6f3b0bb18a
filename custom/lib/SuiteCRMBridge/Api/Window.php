<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Which rows a reading request asks for: those between two ids and two moments, up to a limit. */
final class Window
{
    public const PARAMETERS = ['after', 'modified_from', 'modified_to', 'limit', 'max_bytes', 'deleted'];

    /** @var array<string, string> */
    private $given;
    /** @var int */
    private $limit;
    /** @var int */
    private $bytes;

    /** @param array<string, string> $given the request's parameters */
    public function __construct(array $given, int $most)
    {
        $this->given = $given;
        $this->limit = self::limit($given['limit'] ?? (string) $most, $most);
        $this->bytes = self::ending($given['max_bytes'] ?? (string) Limits::BYTES);
        $this->check();
    }

    public function rows(): int
    {
        return $this->limit;
    }

    /** At how many bytes the page ends, though never before its first row. */
    public function bytes(): int
    {
        return $this->bytes;
    }

    public function withDeleted(): bool
    {
        return ($this->given['deleted'] ?? '0') === '1';
    }

    /**
     * @param string $changed SQL expression of when a row changed
     * @param callable $quote turns a text into an SQL literal
     * @return string[] conditions on the columns of $table
     */
    public function conditions(string $table, string $changed, callable $quote): array
    {
        $live = $this->withDeleted() ? [] : [$table . '.deleted = 0'];
        return array_merge($live, $this->bounds($table, $changed, $quote));
    }

    /**
     * The same for a table whose rows are never deleted.
     *
     * @return string[]
     */
    public function bounds(string $table, string $changed, callable $quote): array
    {
        $bounds = [
            'after' => $table . '.id >',
            'to_id' => $table . '.id <',
            'modified_from' => $changed . ' >=',
            'modified_to' => $changed . ' <',
        ];
        $conditions = [];
        foreach ($bounds as $name => $comparison) {
            if (isset($this->given[$name])) {
                $conditions[] = sprintf('%s %s', $comparison, $quote($this->given[$name]));
            }
        }
        return $conditions;
    }

    private function check(): void
    {
        foreach (['after', 'to_id'] as $name) {
            if (isset($this->given[$name])) {
                Values::id($this->given[$name], $name);
            }
        }
        foreach (['modified_from', 'modified_to'] as $name) {
            if (isset($this->given[$name])) {
                Values::moment($this->given[$name], $name);
            }
        }
        if (!in_array($this->given['deleted'] ?? '0', ['0', '1'], true)) {
            throw new Refusal('bad_parameter', ['name' => 'deleted'], 'deleted');
        }
    }

    private static function limit(string $text, int $most): int
    {
        if (!preg_match('/\A[0-9]{1,9}\z/', $text) || (int) $text < 1) {
            throw new Refusal('bad_limit', ['limit' => $most], 'limit');
        }
        if ((int) $text > $most) {
            throw new Refusal('too_many_rows', ['limit' => $most], 'limit');
        }
        return (int) $text;
    }

    private static function ending(string $text): int
    {
        if (!preg_match('/\A[0-9]{1,9}\z/', $text) || (int) $text < 1 || (int) $text > Limits::BYTES) {
            throw new Refusal('bad_parameter', ['name' => 'max_bytes'], 'max_bytes');
        }
        return (int) $text;
    }
}
