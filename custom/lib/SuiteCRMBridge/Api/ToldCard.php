<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Cards;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What the bridge tells for the card of one customer, checked. */
final class ToldCard
{
    private const WIDTH = 7;
    private const WORD = '/\A[a-z][a-z0-9_]{0,39}\z/';
    private const MONTHS = '/\A\d{4}-(0[1-9]|1[0-2])(,-?\d{1,17}){12}\z/';
    private const MOST_CHANGES = 100;
    private const MOST_AMOUNT = 1e16;

    /**
     * @param mixed[] $given
     * @return array<string, array{facts: array<string, mixed>, changes: string[][]}> by id
     */
    public static function each(array $given): array
    {
        if (count($given) > Limits::CARDS) {
            throw new Refusal('too_many_rows', ['limit' => Limits::CARDS], 'rows');
        }
        $found = [];
        foreach ($given as $place => $row) {
            $where = "rows[$place]";
            if (!is_array($row) || array_keys($row) !== range(0, self::WIDTH - 1)) {
                throw new Refusal('bad_row', ['count' => self::WIDTH], $where);
            }
            $id = Values::id($row[0], "$where.id");
            if (isset($found[$id])) {
                throw new Refusal('twice', ['id' => $id], "$where.id");
            }
            $found[$id] = self::card($row, $where);
        }
        return $found;
    }

    /** @return array{facts: array<string, mixed>, changes: string[][]} */
    private static function card(array $row, string $where): array
    {
        [, $rule, $expected, $kept, $attempts, $months, $changes] = $row;
        self::check($rule === null || self::matches(self::WORD, $rule), "$where.rule");
        Values::stored(['type' => 'date'], $expected, "$where.expected");
        $isAmount = is_int($kept) || is_float($kept);
        self::check($kept === null || ($isAmount && $kept >= 0 && $kept < self::MOST_AMOUNT), "$where.kept");
        self::check($attempts === null || (is_int($attempts) && $attempts >= 0), "$where.attempts");
        self::check($months === null || self::matches(self::MONTHS, $months), "$where.months");
        $isList = is_array($changes) && array_values($changes) === $changes;
        self::check($isList && count($changes) <= self::MOST_CHANGES, "$where.changes");
        foreach ($changes as $place => $change) {
            $at = "$where.changes[$place]";
            self::check(is_array($change) && array_keys($change) === [0, 1, 2], $at);
            self::check(in_array($change[0], Cards::WHAT, true), $at);
            self::check(is_string($change[1]), $at);
            Values::stored(['type' => 'date'], $change[1], $at);
            self::check($change[2] === '' || self::matches(self::WORD, $change[2]), $at);
        }
        $facts = compact('rule', 'expected', 'kept', 'attempts', 'months');
        return ['facts' => array_filter($facts, static function ($fact): bool {
            return $fact !== null;
        }), 'changes' => $changes];
    }

    /** @param mixed $value */
    private static function matches(string $form, $value): bool
    {
        return is_string($value) && preg_match($form, $value) === 1;
    }

    private static function check(bool $isRight, string $where): void
    {
        if (!$isRight) {
            throw new Refusal('bad_card', ['field' => $where], $where);
        }
    }
}
