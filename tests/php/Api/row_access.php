<?php

// What SuiteCRM 7.12 tells about rights on records.

if (!class_exists('ACLController', false)) {
    final class ACLController
    {
        /** @var string[] */
        public static $owner = [];
        /** @var string[] */
        public static $group = [];

        public static function requireOwner(string $module, string $action): bool
        {
            return in_array($action, self::$owner, true);
        }

        public static function requireSecurityGroup(string $module, string $action): bool
        {
            return in_array($action, self::$group, true);
        }
    }

    final class SecurityGroup
    {
        public static function getGroupWhere(string $table, string $module, string $user): string
        {
            return " EXISTS (groups of $user, $table, $module) ";
        }
    }
}
