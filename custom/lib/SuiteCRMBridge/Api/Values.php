<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Checks values against the catalogue, and gives them the form in which the database keeps them. */
final class Values
{
    private const ID = '/\A[^\x00-\x1F\x7F]{1,36}\z/u';
    private const DATE = '/\A(\d{4})-(\d\d)-(\d\d)\z/';
    private const MOMENT = '/\A(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d\z/';
    private const INTEGER = 2147483647;

    /** @param mixed $value */
    public static function id($value, string $where): string
    {
        if (!is_string($value) || !preg_match(self::ID, $value)) {
            throw new Refusal('bad_id', [], $where);
        }
        return $value;
    }

    /** @param mixed $value */
    public static function moment($value, string $where): string
    {
        if (!is_string($value) || !preg_match(self::MOMENT, $value, $parts) || !self::isDay($parts[1])) {
            throw new Refusal('bad_datetime', ['field' => $where], $where);
        }
        return $value;
    }

    /**
     * @param array<string, mixed> $definition the field in the catalogue
     * @param mixed $value
     */
    public static function stored(array $definition, $value, string $where): ?string
    {
        if ($value === null) {
            return null;
        }
        switch ($definition['type']) {
            case 'int':
                return self::integer($definition, $value, $where);
            case 'decimal':
                return self::decimal($definition, $value, $where);
            case 'bool':
                return self::boolean($value, $where);
            case 'date':
                return self::date($value, $where);
            case 'datetime':
                return self::moment($value, $where);
            case 'enum':
                return self::key($definition['dropdown'], $value, $where);
            default:
                return self::text($definition, $value, $where);
        }
    }

    private static function integer(array $definition, $value, string $where): string
    {
        $min = $definition['min'] ?? -self::INTEGER - 1;
        $max = $definition['max'] ?? self::INTEGER;
        if (!is_int($value) || $value < $min || $value > $max) {
            $params = ['field' => $where, 'min' => $min, 'max' => $max];
            throw new Refusal('bad_integer', $params, $where);
        }
        return (string) $value;
    }

    private static function decimal(array $definition, $value, string $where): string
    {
        $scale = $definition['scale'];
        $places = $definition['digits'] - $scale;
        $isNumber = is_int($value) || is_float($value);
        if (
            !$isNumber || abs($value) >= 10 ** $places || !self::fits($value, $scale)
            || $value < ($definition['min'] ?? $value) || $value > ($definition['max'] ?? $value)
        ) {
            // Written digit by digit, because a float cannot hold eighteen of them.
            $most = str_repeat('9', $places) . '.' . str_repeat('9', $scale);
            throw new Refusal('bad_decimal', [
                'field' => $where,
                'scale' => $scale,
                'min' => $definition['min'] ?? '-' . $most,
                'max' => $definition['max'] ?? $most,
            ], $where);
        }
        return self::number($value, $scale);
    }

    /** @param int|float $value */
    private static function fits($value, int $scale): bool
    {
        return abs((float) self::number($value, $scale) - $value) <= 1e-12 * max(1, abs($value));
    }

    /** @param int|float $value */
    private static function number($value, int $scale): string
    {
        // Adding 0 turns -0.0 into 0.
        return number_format($value + 0, $scale, '.', '');
    }

    private static function boolean($value, string $where): string
    {
        if (!is_bool($value)) {
            throw new Refusal('bad_boolean', ['field' => $where], $where);
        }
        return $value ? '1' : '0';
    }

    private static function date($value, string $where): string
    {
        if (!is_string($value) || !self::isDay($value)) {
            throw new Refusal('bad_date', ['field' => $where], $where);
        }
        return $value;
    }

    private static function key(string $dropdown, $value, string $where): string
    {
        if (!is_string($value) || !in_array($value, Catalogue::DROPDOWNS[$dropdown], true)) {
            $keys = implode(', ', Catalogue::DROPDOWNS[$dropdown]);
            throw new Refusal('bad_key', ['field' => $where, 'keys' => $keys], $where);
        }
        return $value;
    }

    private static function text(array $definition, $value, string $where): string
    {
        $length = $definition['length'] ?? Limits::TEXT;
        $size = is_string($value) ? (isset($definition['length']) ? mb_strlen($value, 'UTF-8') : strlen($value)) : -1;
        if ($size < 0 || $size > $length) {
            $params = ['field' => $where, 'length' => $length];
            throw new Refusal('bad_text', $params, $where);
        }
        // MySQL's old utf8, which SuiteCRM's installer chooses, would keep them as question marks.
        if (preg_match('/[\x{10000}-\x{10FFFF}]/u', $value) !== 0) {
            throw new Refusal('bad_character', ['field' => $where], $where);
        }
        return $value;
    }

    private static function isDay(string $text): bool
    {
        return preg_match(self::DATE, $text, $parts)
            && checkdate((int) $parts[2], (int) $parts[3], (int) $parts[1]);
    }
}
