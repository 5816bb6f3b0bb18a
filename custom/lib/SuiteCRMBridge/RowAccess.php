<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Which records of a module the current user may list, view or edit. */
final class RowAccess
{
    /** Condition of these records, '' if it is all of them. */
    public static function condition($bean, string $action): string
    {
        // SuiteCRM 7.12 has no such method and joins the same parts wherever it lists records.
        return method_exists($bean, 'buildAccessWhere')
            ? trim((string) $bean->buildAccessWhere($action))
            : self::built($bean, $action);
    }

    private static function built($bean, string $action): string
    {
        if (!$bean->bean_implements('ACL')) {
            return '';
        }
        $owner = trim($bean->getOwnerWhere($GLOBALS['current_user']->id));
        $conditions = [];
        if (\ACLController::requireOwner($bean->module_dir, $action)) {
            $conditions[] = $owner;
        }
        if (\ACLController::requireSecurityGroup($bean->module_dir, $action)) {
            $conditions[] = '(' . implode(' OR ', array_filter([$owner, self::groups($bean)])) . ')';
        }
        return implode(' AND ', array_filter($conditions));
    }

    private static function groups($bean): string
    {
        if (!class_exists('SecurityGroup')) {
            require_once 'modules/SecurityGroups/SecurityGroup.php';
        }
        $user = $GLOBALS['current_user']->id;
        return trim(\SecurityGroup::getGroupWhere($bean->table_name, $bean->module_dir, $user));
    }
}
