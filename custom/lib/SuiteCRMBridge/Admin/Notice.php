<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A sentence that the page shows once, after what the administrator asked for has been done. */
final class Notice
{
    private const KEY = 'suitecrmbridge_notice';

    public static function leave(string $text, bool $good): void
    {
        $_SESSION[self::KEY] = ['text' => $text, 'good' => $good];
    }

    /** @return array{text: string, good: bool}|null */
    public static function take(): ?array
    {
        $notice = $_SESSION[self::KEY] ?? null;
        unset($_SESSION[self::KEY]);
        return $notice;
    }
}
