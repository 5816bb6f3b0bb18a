<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Addressing;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST members/{target list}: puts customers into a target list and takes them out. */
final class Members implements Route
{
    private const LISTS = 'ProspectLists';
    private const MODULES = ['Contacts', 'Accounts', 'Leads'];

    public function answer(Request $request, Output $output): void
    {
        $list = Values::id($request->name(), 'list');
        $listAccess = Access::writable(self::LISTS);
        $body = $request->object(['module'], ['add', 'remove']);
        $module = $body['module'];
        if (!is_string($module) || !in_array($module, self::MODULES, true)) {
            throw new Refusal('unknown_module', ['name' => is_string($module) ? $module : '']);
        }
        $access = Access::readable($module);
        [$add, $remove] = self::ids($body);
        $database = new Database();
        $members = new MemberTable($database, $list, $module);
        if (!$members->isList(\BeanFactory::newBean(self::LISTS)->table_name, $listAccess)) {
            throw new Refusal('unknown_list', ['name' => $list]);
        }
        $members->checkRecords($add, 'add', $access);
        $queued = Addressing::has($list);
        $output->writeJson($database->transaction(static function () use ($members, $add, $remove, $access, $queued) {
            $added = $members->add($add);
            $removed = $members->remove($remove, $access, $queued);
            $all = count($add) + count($remove);
            return ['added' => $added, 'removed' => $removed, 'unchanged' => $all - $added - $removed];
        }));
    }

    /**
     * @param array<string, mixed> $body
     * @return array<int, string[]> ids to add, ids to remove
     */
    private static function ids(array $body): array
    {
        $lists = [];
        foreach (['add', 'remove'] as $name) {
            $ids = Request::listOf($body, $name);
            foreach ($ids as $place => $id) {
                Values::id($id, sprintf('%s[%d]', $name, $place));
            }
            $lists[] = array_values(array_unique($ids));
        }
        if (count($lists[0]) + count($lists[1]) > Limits::MEMBERS) {
            throw new Refusal('too_many_rows', ['limit' => Limits::MEMBERS], 'add');
        }
        foreach (array_intersect($lists[1], $lists[0]) as $place => $id) {
            throw new Refusal('twice', ['id' => $id], sprintf('remove[%d]', $place));
        }
        return $lists;
    }
}
