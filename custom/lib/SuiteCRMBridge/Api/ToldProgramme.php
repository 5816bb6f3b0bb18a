<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A programme as the bridge tells it, checked. */
final class ToldProgramme
{
    private const KEYS = [
        'key', 'label', 'description', 'state', 'since', 'people', 'controls', 'waiting', 'contacts', 'verdict', 'lists',
    ];
    private const LIST_KEYS = ['id', 'wave', 'arm'];
    private const STATES = ['running', 'stopped', 'off'];
    private const ARMS = ['treated', 'control'];
    private const WORD = '/\A[a-z][a-z0-9_]{0,39}\z/';
    private const LANGUAGE = '/\A[a-z]{2}\z/';
    private const LABEL = 255;
    private const DESCRIPTION = 1000;
    private const MOST_LISTS = 100;

    /**
     * @param mixed[] $given
     * @return array<int, array<string, mixed>>
     */
    public static function each(array $given): array
    {
        if (count($given) > Limits::PROGRAMMES) {
            throw new Refusal('too_many_rows', ['limit' => Limits::PROGRAMMES], 'programmes');
        }
        $found = [];
        foreach ($given as $place => $one) {
            $found[] = self::read($one, "programmes[$place]");
        }
        if (count(array_unique(array_column($found, 'key'))) < count($found)) {
            throw new Refusal('bad_programme', [], 'programmes');
        }
        return $found;
    }

    /**
     * @param mixed $one
     * @return array<string, mixed>
     */
    private static function read($one, string $where): array
    {
        self::check(self::hasKeys($one, self::KEYS), $where);
        self::check(self::isWord($one['key']), "$where.key");
        self::check(self::isText($one['label'], self::LABEL), "$where.label");
        self::check(self::isText($one['description'], self::DESCRIPTION), "$where.description");
        self::check(in_array($one['state'], self::STATES, true), "$where.state");
        if ($one['since'] !== null) {
            Values::stored(['type' => 'date'], $one['since'], "$where.since");
        }
        foreach (['people', 'controls', 'waiting', 'contacts'] as $name) {
            self::check(is_int($one[$name]) && $one[$name] >= 0, "$where.$name");
        }
        self::check($one['verdict'] === null || self::isWord($one['verdict']), "$where.verdict");
        self::check(is_array($one['lists']) && count($one['lists']) <= self::MOST_LISTS, "$where.lists");
        self::check(strlen((string) json_encode($one)) < Limits::TEXT, $where);
        foreach (Request::listOf($one, 'lists') as $place => $list) {
            $at = "$where.lists[$place]";
            self::check(self::hasKeys($list, self::LIST_KEYS), $at);
            Values::id($list['id'], "$at.id");
            self::check(self::isText($list['wave'], self::LABEL), "$at.wave");
            self::check(in_array($list['arm'], self::ARMS, true), "$at.arm");
        }
        return $one;
    }

    /** @param mixed $value */
    private static function hasKeys($value, array $keys): bool
    {
        return is_array($value) && count($value) === count($keys) && array_diff($keys, array_keys($value)) === [];
    }

    /** @param mixed $value */
    private static function isWord($value): bool
    {
        return is_string($value) && preg_match(self::WORD, $value) === 1;
    }

    /** @param mixed $value a text by language */
    private static function isText($value, int $most): bool
    {
        if (!is_array($value) || $value === [] || count($value) > 10) {
            return false;
        }
        foreach ($value as $language => $text) {
            $isKnown = preg_match(self::LANGUAGE, (string) $language) === 1;
            if (!$isKnown || !is_string($text) || mb_strlen($text, 'UTF-8') > $most) {
                return false;
            }
        }
        return true;
    }

    private static function check(bool $isRight, string $where): void
    {
        if (!$isRight) {
            throw new Refusal('bad_programme', [], $where);
        }
    }
}
