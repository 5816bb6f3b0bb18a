<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * What a record holds, as the database keeps it.
 *
 * A field that is not there, or that the reader is not to see, is as good as empty.
 */
final class Figures
{
    /** What SuiteCRM makes of texts that it reads, taken back. */
    private const PLAIN = ['&quot;' => '"', '&#039;' => "'", '&lt;' => '<', '&gt;' => '>'];

    /** @var array<string, mixed> */
    private $stored;
    /** @var array<string, array<string, mixed>> */
    private $definitions;

    /**
     * @param array<string, mixed> $stored
     * @param array<string, array<string, mixed>> $definitions
     */
    private function __construct(array $stored, array $definitions)
    {
        $this->stored = $stored;
        $this->definitions = $definitions;
    }

    /**
     * Those of a record that was read from the database, null where the current user may not view it.
     *
     * @param \SugarBean $bean
     */
    public static function of($bean): ?self
    {
        $stored = $bean->fetched_row ?? null;
        if (!is_array($stored) || !$bean->ACLAccess('view')) {
            return null;
        }
        return new self($stored, $bean->field_defs);
    }

    public function text(string $name): string
    {
        if (!isset($this->definitions[$name]) || !empty($this->definitions[$name]['hidden'])) {
            return '';
        }
        return strtr(trim((string) ($this->stored[$name] ?? '')), self::PLAIN);
    }

    public function number(string $name): ?float
    {
        $text = $this->text($name);
        return is_numeric($text) ? (float) $text : null;
    }

    public function whole(string $name): ?int
    {
        $number = $this->number($name);
        return $number === null ? null : (int) round($number);
    }

    /** Whether a field says anything: nought and a box that is not ticked do not. */
    public function holds(string $name): bool
    {
        return $this->number($name) !== null ? $this->number($name) != 0 : $this->text($name) !== '';
    }

    public function isTicked(string $name): bool
    {
        return $this->whole($name) === 1;
    }

    public function day(string $name): ?\DateTimeImmutable
    {
        $text = substr($this->text($name), 0, 10);
        return Days::read($text);
    }
}
