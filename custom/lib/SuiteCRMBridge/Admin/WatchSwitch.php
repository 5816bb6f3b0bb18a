<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Watch;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Whether SuiteCRM's scheduler looks after the syncs, with the button that changes it. */
final class WatchSwitch
{
    public static function draw(bool $isOn, string $lastLook, string $now): string
    {
        return '<h4>' . Html::text(Texts::get('page_watch')) . '</h4>'
            . '<p>' . self::state($isOn, $lastLook, $now) . '</p>'
            . Html::help(Texts::get('page_watch_help'))
            . ($isOn
                ? Html::button(Actions::WATCH_OFF, Texts::get('page_watch_turn_off'))
                : Html::button(Actions::WATCH_ON, Texts::get('page_watch_turn_on')));
    }

    private static function state(bool $isOn, string $lastLook, string $now): string
    {
        if (!$isOn) {
            return Html::text(Texts::get('page_watch_off'));
        }
        if ($lastLook === '') {
            return Html::text(Texts::get('page_watch_waits'));
        }
        $moment = \TimeDate::getInstance()->to_display_date_time($lastLook);
        // An hourly entry that did not run for a day means that nothing runs SuiteCRM's schedulers.
        $runs = Watch::days($lastLook, $now) < 1;
        return Html::state($runs, Texts::get($runs ? 'page_watch_on' : 'page_watch_stands', ['moment' => $moment]));
    }
}
