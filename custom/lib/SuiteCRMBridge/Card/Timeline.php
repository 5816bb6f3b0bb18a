<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Cards;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Segment;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Told;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The page behind the card: what changed when, the latest first. */
final class Timeline
{
    public const ACTION = 'suitecrmbridgetimeline';

    /** Its address, not yet escaped. */
    public static function address(string $module, string $id): string
    {
        return 'index.php?' . http_build_query(
            ['module' => $module, 'action' => self::ACTION, 'record' => $id],
            '',
            '&'
        );
    }

    /**
     * What the bridge told of a customer besides the fields, with the changes and the address of their page.
     *
     * @return array<string, mixed> nothing where its tables are not there
     */
    public static function told(string $module, string $id): array
    {
        try {
            $changes = Parts::isOn(Parts::CHANGES) ? Cards::changes($module, $id) : [];
            $timeline = $changes === [] ? '' : self::address($module, $id);
            return Cards::facts($module, $id) + ['changes' => $changes, 'timeline' => $timeline];
        } catch (\RuntimeException $failure) {
            return [];
        }
    }

    /**
     * The page of a record that the current user may view, else a sentence that says that they may not.
     *
     * @param \SugarBean|false|null $bean
     */
    public static function page($bean): string
    {
        if (!$bean || Figures::of($bean) === null || !Parts::isOn(Parts::CHANGES)) {
            return Html::note(Texts::get('card_timeline_no_access'));
        }
        $module = (string) $bean->module_dir;
        $name = html_entity_decode((string) $bean->get_summary_text(), ENT_QUOTES, 'UTF-8');
        $back = Html::link((new Links($module))->record((string) $bean->id), Html::text($name));
        return "<p>$back</p>" . self::table(Cards::changes($module, (string) $bean->id), Programmes::told());
    }

    /**
     * @param array<int, array{what: string, since: string, value: string}> $changes
     * @param array<int, array<string, mixed>> $programmes as the bridge told them
     */
    public static function table(array $changes, array $programmes): string
    {
        if ($changes === []) {
            return Html::note(Texts::get('card_timeline_empty'));
        }
        $rows = [];
        foreach ($changes as $change) {
            $day = Days::read($change['since']);
            $rows[] = [
                Html::text($day === null ? $change['since'] : Numbers::day($day)),
                Html::text(Texts::get('card_what_' . $change['what'])),
                self::value($change, $programmes),
            ];
        }
        return Html::table([
            [Texts::get('card_timeline_since'), 'left', '18%'],
            [Texts::get('card_timeline_what'), 'left', '22%'],
            [Texts::get('card_timeline_now'), 'left'],
        ], $rows);
    }

    private static function value(array $change, array $programmes): string
    {
        switch ($change['what']) {
            case Cards::SEGMENT:
                return Segment::name($change['value'], '');
            case Cards::ACTION:
                return Html::text(Texts::option('next_action', $change['value']));
            case Cards::COMPLAINT:
                $isOpen = $change['value'] === 'open';
                return Html::text(Texts::get($isOpen ? 'card_complaint_open' : 'card_complaint_none'));
            default:
                return Html::text(self::programme($change['value'], $programmes));
        }
    }

    private static function programme(string $key, array $programmes): string
    {
        if ($key === '') {
            return Texts::get('card_programme_none');
        }
        foreach ($programmes as $programme) {
            if ($programme['key'] === $key) {
                return Told::text($programme['label']);
            }
        }
        return $key;
    }
}
