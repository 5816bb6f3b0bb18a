<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Targets;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What somebody searched in a list of SuiteCRM, on its way from the list to another page. */
final class Search
{
    private const PARTS = '/_(basic|advanced)(_|$)/';
    private const NEEDED = ['searchFormTab', 'query'];

    /** @param array<string, mixed> $request that of the list */
    public static function packed(array $request): string
    {
        $kept = [];
        foreach ($request as $name => $value) {
            if (in_array($name, self::NEEDED, true) || preg_match(self::PARTS, (string) $name)) {
                $kept[$name] = $value;
            }
        }
        return base64_encode((string) json_encode($kept));
    }

    /**
     * As SuiteCRM's own mass actions give it to `MassUpdate::generateSearchWhere`; empty where nothing was searched.
     *
     * @param mixed $packed
     */
    public static function unpacked($packed): string
    {
        $all = json_decode(is_string($packed) ? (string) base64_decode($packed) : '', true);
        $searched = is_array($all) ? array_diff_key($all, array_flip(self::NEEDED)) : [];
        // SuiteCRM decodes HTML entities before it reads the JSON.
        return $searched === [] ? '' : htmlspecialchars((string) json_encode($all), ENT_QUOTES, 'UTF-8');
    }

    /** @return string[] fields that are searched, to be joined where they are another record's */
    public static function fields(string $search): array
    {
        $fields = [];
        foreach (array_keys(json_decode(htmlspecialchars_decode($search, ENT_QUOTES), true) ?: []) as $name) {
            $fields[] = (string) preg_replace('/^(start_|end_)?range_|_(basic|advanced)(_.*)?$/', '', (string) $name);
        }
        return array_values(array_unique($fields));
    }
}
