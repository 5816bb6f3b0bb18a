<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Extension\suitecrmbridge\Statistics\CustomerCard;
use App\Extension\suitecrmbridge\Statistics\Purchases;

/**
 * What of the bridge's widgets there is something to show in, by the field of a record that says so.
 *
 * SuiteCRM 8 leaves out a widget by a field of the record alone, while our figures come by a request of their own.
 */
final class Known
{
    public const ABOVE = 'suitecrmbridge_above';
    public const BESIDE = 'suitecrmbridge_beside';
    public const MONTHS = 'suitecrmbridge_months';
    /** What each module's records are asked for. */
    public const FIELDS = [
        'contacts' => [self::ABOVE, self::BESIDE, self::MONTHS],
        'accounts' => [self::ABOVE, self::BESIDE, self::MONTHS],
        'cases' => [self::ABOVE],
    ];

    /** @var CustomerCard */
    private $card;
    /** @var Purchases */
    private $purchases;

    public function __construct(CustomerCard $card, Purchases $purchases)
    {
        $this->card = $card;
        $this->purchases = $purchases;
    }

    /** @return array<string, string> "1" by field where there is something to show, and an empty text where not */
    public function of(string $module, string $id): array
    {
        $query = ['context' => ['module' => $module, 'id' => $id]];
        $lines = $this->card->getData($query)->getData()['fields'] ?? [];
        $known = [
            self::ABOVE => self::isAnyFilled($lines, CardRows::linesAbove($module)),
            self::BESIDE => self::isAnyFilled($lines, CardRows::linesBeside()),
            self::MONTHS => ($this->purchases->getData($query)->getData()['singleSeries'] ?? []) !== [],
        ];
        $fields = [];
        foreach (self::FIELDS[$module] ?? [] as $field) {
            $fields[$field] = $known[$field] ? '1' : '';
        }
        return $fields;
    }

    /** What has a widget shown only where this field says that there is something to show. */
    public static function only(string $field): array
    {
        return [$field => [['operator' => 'not-empty']]];
    }

    /**
     * @param array<string, array{value: string}> $lines
     * @param string[] $wanted
     */
    private static function isAnyFilled(array $lines, array $wanted): bool
    {
        foreach ($wanted as $line) {
            if (($lines[$line]['value'] ?? '') !== '') {
                return true;
            }
        }
        return false;
    }
}
