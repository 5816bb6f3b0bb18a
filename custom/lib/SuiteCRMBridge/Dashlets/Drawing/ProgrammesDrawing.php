<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Told;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A row a programme, its waves leading to their target lists. */
final class ProgrammesDrawing
{
    public const LISTS = 'ProspectLists';
    private const CONTROL = 'control';

    /**
     * @param array<int, array<string, mixed>> $programmes those that run, as the bridge told them
     * @param array<string, int> $members of the lists that the user may see, by id
     * @param bool $isComplete whether the user may see every list
     */
    public static function draw(array $programmes, array $members, bool $isComplete): string
    {
        if ($programmes === []) {
            return Html::note(Texts::get('dashlet_no_programmes'));
        }
        $rows = [];
        foreach ($programmes as $programme) {
            $lists = array_values(array_filter($programme['lists'], static function (array $list) use ($members): bool {
                return isset($members[$list['id']]);
            }));
            if ($lists !== [] || $isComplete) {
                $rows[] = self::row($programme, $lists, $members, $isComplete);
            }
        }
        if ($rows === []) {
            return Html::note(Texts::get('dashlet_programmes_hidden'));
        }
        $note = $isComplete ? '' : Html::note(Texts::get('dashlet_programmes_restricted'));
        return Html::table(self::columns($isComplete), $rows) . $note;
    }

    /** @return array<int, array{0: string, 1: string}> */
    private static function columns(bool $isComplete): array
    {
        $columns = [
            [Texts::get('dashlet_programme'), 'left'],
            [Texts::get('dashlet_programme_on_lists'), 'right'],
            [Texts::get('dashlet_programme_control'), 'right'],
        ];
        if ($isComplete) {
            $columns[] = [Texts::get('dashlet_programme_waiting'), 'right'];
        }
        $columns[] = [Texts::get('dashlet_programme_effect'), 'left'];
        return $columns;
    }

    /** @return string[] */
    private static function row(array $programme, array $lists, array $members, bool $isComplete): array
    {
        $counts = ['treated' => 0, self::CONTROL => 0];
        foreach ($lists as $list) {
            $counts[$list['arm']] += $members[$list['id']];
        }
        $cells = [
            self::name($programme, $lists),
            Html::text(Numbers::whole($counts['treated'])),
            Html::text(Numbers::whole($counts[self::CONTROL])),
        ];
        if ($isComplete) {
            $cells[] = Html::text(Numbers::whole($programme['waiting']));
        }
        $cells[] = Html::text(Told::verdict($programme));
        return $cells;
    }

    /** The programme's name; below it each list that the user may see, as a link. */
    private static function name(array $programme, array $lists): string
    {
        $links = [];
        foreach ($lists as $list) {
            $wave = Told::text($list['wave']);
            $label = $list['arm'] === self::CONTROL
                ? Texts::get('dashlet_programme_control_of', ['wave' => $wave])
                : $wave;
            $links[] = Html::link((new Links(self::LISTS))->record($list['id']), Html::text($label));
        }
        $name = '<b>' . Html::text(Told::text($programme['label'])) . '</b>';
        return $links === [] ? $name : $name . '<br><small>' . implode(' · ', $links) . '</small>';
    }
}
