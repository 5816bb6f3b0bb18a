<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Targets;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Api\MemberTable;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\RowAccess;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** SuiteCRM's target lists that the current user may edit, but for those of programmes. */
final class TargetLists
{
    public const MODULE = 'ProspectLists';

    private const TYPE = 'default';

    /** @return array<string, string> names by id */
    public static function all(): array
    {
        $bean = \BeanFactory::newBean(self::MODULE);
        $access = RowAccess::condition($bean, 'edit');
        $lists = [];
        $rows = (new Database())->rows('SELECT id, name FROM prospect_lists WHERE deleted = 0'
            . ($access === '' ? '' : " AND ($access)") . ' ORDER BY name, id');
        foreach ($rows as $row) {
            $lists[$row['id']] = (string) $row['name'];
        }
        return array_diff_key($lists, array_flip(self::ofProgrammes()));
    }

    /** A new list of the current user's. */
    public static function create(string $name): string
    {
        $list = \BeanFactory::newBean(self::MODULE);
        $list->name = $name;
        $list->list_type = self::TYPE;
        $list->assigned_user_id = $GLOBALS['current_user']->id;
        return (string) $list->save();
    }

    /**
     * Put customers on a list; who is on it already is not put there again.
     *
     * @param iterable<string[]> $ids
     * @return array{added: int, present: int}
     */
    public static function add(string $list, string $module, iterable $ids): array
    {
        $members = new MemberTable(new Database(), $list, $module);
        $added = $present = 0;
        foreach ($ids as $some) {
            $new = $members->add($some);
            $added += $new;
            $present += count($some) - $new;
        }
        return ['added' => $added, 'present' => $present];
    }

    /** @return string[] ids of lists that the bridge keeps: whom it did not put there, it takes off again */
    private static function ofProgrammes(): array
    {
        return array_column(array_merge([], ...array_column(Programmes::told(), 'lists')), 'id');
    }
}
