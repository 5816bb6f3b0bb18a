<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A token that only this session's own form carries, so that no other site can press its buttons. */
final class Form
{
    private const KEY = 'suitecrmbridge_form';

    public static function token(): string
    {
        if (empty($_SESSION[self::KEY])) {
            $_SESSION[self::KEY] = bin2hex(random_bytes(16));
        }
        return $_SESSION[self::KEY];
    }

    /** @param mixed $given */
    public static function isValid($given): bool
    {
        return is_string($given) && !empty($_SESSION[self::KEY]) && hash_equals($_SESSION[self::KEY], $given);
    }
}
