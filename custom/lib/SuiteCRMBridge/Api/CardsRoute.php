<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Cards;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST cards/{module}: keeps what the customer card shows beside the fields. */
final class CardsRoute implements Route
{
    public function answer(Request $request, Output $output): void
    {
        $module = $request->name();
        if (!in_array($module, Writable::customers(), true)) {
            throw new Refusal('unknown_module', ['name' => $module]);
        }
        $access = Access::writable($module);
        $given = $request->object(['rows', 'gone', 'bridge']);
        $cards = ToldCard::each(Request::listOf($given, 'rows'));
        $gone = [];
        foreach (Request::listOf($given, 'gone') as $place => $id) {
            $gone[] = Values::id($id, "gone[$place]");
        }
        if (count($cards) + count($gone) > Limits::CARDS) {
            throw new Refusal('too_many_rows', ['limit' => Limits::CARDS], 'rows');
        }
        Claims::checkBridge($given['bridge']);
        $known = self::known($module, array_map('strval', array_keys($cards)), $access);
        Cards::put($module, array_intersect_key($cards, $known), $gone);
        $output->writeJson(['told' => count(array_intersect_key($cards, $known))]);
    }

    /**
     * @param string[] $ids
     * @return array<string, bool> those of records that are there and that the user may edit
     */
    private static function known(string $module, array $ids, string $access): array
    {
        if ($ids === []) {
            return [];
        }
        $database = new Database();
        $table = \BeanFactory::newBean($module)->table_name;
        $known = [];
        $rows = $database->rows(sprintf(
            'SELECT %1$s.id FROM %1$s WHERE %1$s.id IN (%2$s) AND %1$s.deleted = 0%3$s',
            $table,
            $database->texts($ids),
            $access === '' ? '' : ' AND ' . $access
        ));
        foreach ($rows as $row) {
            $known[$row['id']] = true;
        }
        return $known;
    }
}
