<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Naming\Dictionary;
use SuiteCRM\Custom\SuiteCRMBridge\Naming\Files;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Calls contacts customers and cases complaints wherever people read the modules' names. */
final class Renaming
{
    public static function isOn(): bool
    {
        return Files::existing() !== [];
    }

    public static function on(): void
    {
        Files::removeAll();
        foreach (self::languages() as $language) {
            $dictionary = new Dictionary($language);
            Files::writeApplication($language, $dictionary->lists(), $dictionary->applicationLabels());
            foreach ($dictionary->moduleLabels() as $module => $labels) {
                Files::writeModule($language, $module, $labels);
            }
        }
        Files::rebuild(self::languages());
    }

    public static function off(): void
    {
        if (self::isOn()) {
            Files::removeAll();
            Files::rebuild(self::languages());
        }
    }

    /** Write the names again, for a language or a text that is new since they were turned on. */
    public static function refresh(): void
    {
        if (self::isOn()) {
            self::on();
        }
    }

    /** @return string[] */
    private static function languages(): array
    {
        return array_values(array_intersect(Catalogue::LANGUAGES, array_keys(get_languages())));
    }
}
