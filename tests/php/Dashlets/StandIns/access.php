<?php

// SuiteCRM's answer to whether somebody may do something in a module.

class ACLController
{
    /** @var string[] modules that the user may not use */
    public static $forbidden = [];

    public static function checkAccess(string $module, string $action, bool $isOwner = false): bool
    {
        return !in_array($module, self::$forbidden, true);
    }
}
