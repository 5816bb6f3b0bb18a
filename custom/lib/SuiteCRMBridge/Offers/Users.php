<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The people who use SuiteCRM, and the language that each has chosen. */
final class Users
{
    /** @return \Generator<string, string> languages by the ids of users who may log in */
    public static function all(): \Generator
    {
        $rows = (new Database())->rows(
            'SELECT users.id AS id, user_preferences.contents AS contents FROM users LEFT JOIN user_preferences'
            . " ON user_preferences.assigned_user_id = users.id AND user_preferences.category = 'global'"
            . " AND user_preferences.deleted = 0 WHERE users.deleted = 0 AND users.status = 'Active'"
            . ' AND COALESCE(users.is_group, 0) = 0 AND COALESCE(users.portal_only, 0) = 0 ORDER BY users.id'
        );
        foreach ($rows as $row) {
            yield $row['id'] => self::chosen((string) $row['contents']);
        }
    }

    /** The language of who has just come in. */
    public static function language(): string
    {
        $language = $_SESSION['authenticated_user_language'] ?? '';
        return is_string($language) && $language !== '' ? $language : Texts::language();
    }

    private static function chosen(string $preferences): string
    {
        $all = @unserialize((string) base64_decode($preferences), ['allowed_classes' => false]);
        $language = is_array($all) ? $all['language'] ?? '' : '';
        return is_string($language) && $language !== ''
            ? $language
            : (string) ($GLOBALS['sugar_config']['default_language'] ?? Texts::language());
    }
}
