<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\RowAccess;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What the current user may do in a module, and with which of its records. */
final class Access
{
    /** Line items have no rights of their own; who may read their document may read them. */
    private const DOCUMENTS = ['AOS_Products_Quotes' => ['AOS_Invoices', 'AOS_Quotes', 'AOS_Contracts']];

    public static function mayRead(string $module): bool
    {
        $parent = Catalogue::MODULES[$module]['parent']['module'] ?? null;
        return self::documents($module) !== [] && ($parent === null || self::mayRead($parent));
    }

    public static function mayWrite(string $module): bool
    {
        return Writable::columns($module) !== [] && self::allows($module, 'edit');
    }

    public static function allows(string $module, string $action): bool
    {
        return (bool) \ACLController::checkAccess($module, $action, true, 'module', true);
    }

    /** Condition of the records that the user may read, '' if all; refuses who may read none. */
    public static function readable(string $module): string
    {
        $documents = self::documents($module);
        if ($documents === []) {
            throw new Refusal('no_access', ['module' => $module]);
        }
        $table = \BeanFactory::newBean($module)->table_name;
        if ($documents !== [$module]) {
            return is_admin($GLOBALS['current_user']) ? '' : self::lines($table, $documents);
        }
        $parent = Catalogue::MODULES[$module]['parent'] ?? null;
        return implode(' AND ', array_filter([
            self::rows($module, ['list', 'view']),
            $parent === null ? '' : self::reachable($table . '.' . $parent['column'], $parent['module']),
        ]));
    }

    /** Condition that the id in $column leads to a record that the user may read, '' if any does. */
    public static function reachable(string $column, string $module): string
    {
        $rows = self::readable($module);
        return $rows === '' ? '' : sprintf(
            'EXISTS (SELECT 1 FROM %1$s WHERE %1$s.id = %2$s AND %3$s)',
            \BeanFactory::newBean($module)->table_name,
            $column,
            $rows
        );
    }

    /** Condition of the records that the user may edit, '' if all; refuses who may edit none. */
    public static function writable(string $module): string
    {
        if (!self::allows($module, 'edit')) {
            throw new Refusal('no_access', ['module' => $module]);
        }
        return self::rows($module, ['edit']);
    }

    /** Refuse who may write no customers: what tells about the bridge is not for them to say. */
    public static function checkCustomers(): void
    {
        foreach (Writable::customers() as $module) {
            if (self::mayWrite($module)) {
                return;
            }
        }
        throw new Refusal('no_access', ['module' => Writable::customers()[0]]);
    }

    /** Refuse a module that the catalogue does not know. */
    public static function checkModule(string $module): void
    {
        if (!isset(Catalogue::MODULES[$module])) {
            throw new Refusal('unknown_module', ['name' => $module]);
        }
    }

    /** @return string[] modules whose rights decide about a module's records */
    private static function documents(string $module): array
    {
        return array_values(array_filter(self::DOCUMENTS[$module] ?? [$module], static function ($document) {
            return self::isThere($document) && (!self::hasRights($document)
                || (self::allows($document, 'list') && self::allows($document, 'view')));
        }));
    }

    /** An installation may have been freed of a module, Surveys for one. */
    private static function isThere(string $module): bool
    {
        return \BeanFactory::newBean($module) instanceof \SugarBean;
    }

    /** A campaign's log, for one, has no rights of its own: its parent's decide. */
    private static function hasRights(string $module): bool
    {
        return (bool) \BeanFactory::newBean($module)->bean_implements('ACL');
    }

    /** @param string[] $actions */
    private static function rows(string $module, array $actions): string
    {
        $bean = \BeanFactory::newBean($module);
        $conditions = [];
        foreach ($actions as $action) {
            $conditions[] = RowAccess::condition($bean, $action);
        }
        return implode(' AND ', array_map(static function ($condition) {
            return '(' . $condition . ')';
        }, array_unique(array_filter($conditions))));
    }

    /** @param string[] $documents */
    private static function lines(string $table, array $documents): string
    {
        $conditions = [];
        foreach ($documents as $document) {
            $rows = self::rows($document, ['list', 'view']);
            $parent = \BeanFactory::newBean($document)->table_name;
            $conditions[] = sprintf("%s.parent_type = '%s'", $table, $document) . ($rows === '' ? '' : sprintf(
                ' AND EXISTS (SELECT 1 FROM %2$s WHERE %2$s.id = %1$s.parent_id AND %3$s)',
                $table,
                $parent,
                $rows
            ));
        }
        return '((' . implode(') OR (', $conditions) . '))';
    }
}
