<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Platform;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** All offers by their names. */
final class Offers
{
    /** @var array<string, class-string<Offer>> */
    public const ALL = [
        'columns' => ShownColumns::class,
        'filters' => SavedFilters::class,
        'home' => HomeTab::class,
    ];

    /**
     * @param array<string, mixed> $wishes what was chosen in the form
     * @return bool false where there is no such offer
     */
    public static function set(string $name, bool $isWanted, array $wishes): bool
    {
        $offer = self::ALL[$name] ?? null;
        if ($offer === null) {
            return false;
        }
        if ($isWanted) {
            $offer::on($wishes);
        } else {
            $offer::off();
        }
        // SuiteCRM 8 keeps lists and filters in a cache of its own.
        Platform::forget();
        return true;
    }
}
