<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Platform;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What of the package this version of SuiteCRM can show and do, and where. */
final class PlatformTable
{
    public static function draw(): string
    {
        return Html::facts([
            Texts::get('page_platform_card') => self::card(),
            Texts::get('page_platform_segments') => self::only(Platform::hasWidgets(), 'page_platform_segments'),
            Texts::get('page_platform_recipients') => self::only(Platform::asksAboutRecipients(), 'page_platform_recipients'),
            Texts::get('page_platform_lists') => self::only(!Platform::isEight(), 'page_platform_lists'),
            Texts::get('page_platform_help') => self::only(!Platform::isEight(), 'page_platform_help'),
        ]) . FieldsTable::draw();
    }

    private static function card(): string
    {
        return Platform::isEight()
            ? self::only(Platform::hasWidgets(), 'page_platform_card_eight')
            : Html::state(true, Texts::get('page_platform_card_seven'));
    }

    private static function only(bool $can, string $text): string
    {
        // Nothing of it is for the administrator to mend: it has no colour of a fault.
        return $can
            ? Html::state(true, Texts::get($text . '_can'))
            : '<span>&#10007; ' . Html::text(Texts::get($text . '_cannot')) . '</span>';
    }
}
