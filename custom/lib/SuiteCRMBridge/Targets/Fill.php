<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Targets;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Choose customers and a target list, see how many they are, and put them on it: three steps of one page. */
final class Fill
{
    public const CONFIRM = 'confirm';
    public const ADD = 'add';

    private const LONGEST_NAME = 50;

    /**
     * @param array<string, mixed> $given `of`: module, `found`: a packed search, `segments`, `list`, `name` and `act`
     * @return string HTML
     */
    public static function answer(array $given, bool $isPost): string
    {
        $modules = Found::modules();
        $module = in_array($given['of'] ?? '', $modules, true) ? $given['of'] : $modules[0];
        $packed = is_string($given['found'] ?? null) ? $given['found'] : '';
        $found = new Found($module, Search::unpacked($packed));
        $page = new FillPage($module, $packed);
        if (!$found->isAllowed()) {
            return $page->note(Texts::get('fill_forbidden'), false);
        }
        $act = $isPost ? $given['act'] ?? '' : '';
        if (!in_array($act, [self::CONFIRM, self::ADD], true)) {
            return $page->choose($found->segments(), TargetLists::all(), '');
        }
        $counts = $found->segments();
        $wish = self::wish($given, $counts);
        $problem = Form::isValid($given['form'] ?? null) ? self::problem($wish) : 'page_stale_form';
        if ($problem !== '') {
            return $page->choose($counts, TargetLists::all(), Texts::get($problem));
        }
        if ($act === self::CONFIRM) {
            return $page->confirm($wish, (int) array_sum(array_intersect_key($counts, array_flip($wish['segments']))));
        }
        return self::add($page, $found, $module, $wish, $counts);
    }

    private static function add(FillPage $page, Found $found, string $module, array $wish, array $counts): string
    {
        $list = $wish['list'] === '' ? TargetLists::create($wish['name']) : $wish['list'];
        // Every segment is the whole search, whatever was scored since it was counted.
        $segments = array_diff(array_keys($counts), $wish['segments']) === [] ? [] : $wish['segments'];
        return $page->done($list, $wish['name'], TargetLists::add($list, $module, $found->ids($segments)));
    }

    /**
     * @param array<string, int> $counts
     * @return array{segments: string[], list: string, name: string} an empty `list`: a new one of that name
     */
    private static function wish(array $given, array $counts): array
    {
        $chosen = is_array($given['segments'] ?? null) ? array_filter($given['segments'], 'is_string') : [];
        $lists = TargetLists::all();
        $list = is_string($given['list'] ?? null) ? $given['list'] : '';
        $name = is_string($given['name'] ?? null) ? html_entity_decode($given['name'], ENT_QUOTES, 'UTF-8') : '';
        $name = mb_substr(trim($name), 0, self::LONGEST_NAME, 'UTF-8');
        return [
            'segments' => array_values(array_intersect(array_map('strval', array_keys($counts)), self::keys($chosen))),
            'list' => $list,
            'name' => $list === '' ? $name : html_entity_decode($lists[$list] ?? '', ENT_QUOTES, 'UTF-8'),
        ];
    }

    /** @return string key of the text that says why it cannot be done, or '' */
    private static function problem(array $wish): string
    {
        if ($wish['segments'] === []) {
            return 'fill_no_segment';
        }
        return $wish['name'] === '' ? 'fill_no_list' : '';
    }

    /** A box cannot send an empty value, for SuiteCRM drops it. */
    private static function keys(array $chosen): array
    {
        return array_map(static function (string $key): string {
            return $key === FillPage::NONE ? '' : $key;
        }, $chosen);
    }
}
