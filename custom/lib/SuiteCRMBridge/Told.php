<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** How what the bridge tells of programmes reads: plain text, not yet escaped. */
final class Told
{
    private const FALLBACK = 'en';

    /** @param array<string, string> $texts by language; the bridge knows fewer than SuiteCRM */
    public static function text(array $texts): string
    {
        $own = strtolower(substr(Texts::language(), 0, 2));
        return (string) ($texts[$own] ?? $texts[self::FALLBACK] ?? reset($texts));
    }

    /** @param array<string, mixed> $programme */
    public static function state(array $programme): string
    {
        $since = $programme['since'] === null
            ? ''
            : (string) \TimeDate::getInstance()->to_display_date($programme['since'], false);
        return Texts::get('programme_' . $programme['state'], ['since' => $since]);
    }

    /** @param array<string, mixed> $programme */
    public static function verdict(array $programme): string
    {
        $verdict = $programme['verdict'];
        return $verdict === null ? '–' : self::known('programme_verdict_', $verdict);
    }

    /** The text of a word; one that a newer bridge knows stands as it came. */
    private static function known(string $prefix, string $word): string
    {
        $text = Texts::get($prefix . $word);
        return $text === $prefix . $word ? $word : $text;
    }
}
