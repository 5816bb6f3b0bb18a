<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Addressing;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST addressing: which target lists are programmes', and how often anybody may be addressed. */
final class AddressingRoute implements Route
{
    private const LISTS = 'ProspectLists';
    private const MOST_CONTACTS = 1000;
    private const MOST_DAYS = 3650;

    public function answer(Request $request, Output $output): void
    {
        Access::checkCustomers();
        Access::writable(self::LISTS);
        $given = $request->object(['mark', 'contacts', 'days', 'lists']);
        $told = [
            'mark' => Claims::mark($given['mark'], 'mark'),
            'contacts' => self::number($given['contacts'], self::MOST_CONTACTS, 'contacts'),
            'days' => self::number($given['days'], self::MOST_DAYS, 'days'),
        ];
        $rows = Request::listOf($given, 'lists');
        if (count($rows) > Limits::LISTS) {
            throw new Refusal('too_many_rows', ['limit' => Limits::LISTS], 'lists');
        }
        $lists = [];
        foreach ($rows as $place => $row) {
            [$id, $list] = self::row($row, sprintf('lists[%d]', $place));
            $lists[$id] = $list;
        }
        // An empty one is an object, too.
        Addressing::put($told + ['lists' => (object) $lists]);
        $output->writeJson(['lists' => count($lists)]);
    }

    /**
     * @param mixed $row
     * @return array{0: string, 1: array<int, int|string|null>} id of a list; its control, contacts, days
     */
    private static function row($row, string $where): array
    {
        if (!is_array($row) || array_keys($row) !== [0, 1, 2, 3]) {
            throw new Refusal('bad_row', ['count' => 4], $where);
        }
        [$id, $control, $contacts, $days] = $row;
        return [Values::id($id, $where), [
            $control === null ? null : Values::id($control, $where),
            $contacts === null ? null : self::number($contacts, self::MOST_CONTACTS, $where),
            $days === null ? null : self::number($days, self::MOST_DAYS, $where),
        ]];
    }

    /** @param mixed $value */
    private static function number($value, int $most, string $where): int
    {
        if (!is_int($value) || $value < 1 || $value > $most) {
            throw new Refusal('bad_integer', ['field' => $where, 'min' => 1, 'max' => $most], $where);
        }
        return $value;
    }
}
