<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What an administrator puts on everybody's screens with one click, and takes away with another. */
interface Offer
{
    public static function isOn(): bool;

    /** @param array<string, mixed> $wishes what was chosen in the form */
    public static function on(array $wishes = []): void;

    /** Leave nothing behind but what people have changed themselves. */
    public static function off(): void;
}
