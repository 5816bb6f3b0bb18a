<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Saves a record whose segment changes as SuiteCRM saves one: with audit, hooks and workflows. */
final class Notice
{
    /**
     * @param array<string, mixed> $values the bridge's own fields, as hooks are to see them
     * @param callable $write writes them into the database
     * @param callable $commit ends the transaction
     */
    public static function save(string $module, string $id, array $values, callable $write, callable $commit): void
    {
        $bean = self::bean($module);
        if (!$bean->retrieve($id)) {
            throw new \RuntimeException(sprintf('The record %s of %s cannot be loaded', $id, $module));
        }
        $bean->announce($values, $write, $commit);
    }

    private static function bean(string $module): AnnouncedBean
    {
        $class = get_class(\BeanFactory::newBean($module));
        $alias = __NAMESPACE__ . '\\StoredBean';
        if (!class_exists($alias, false)) {
            class_alias($class, $alias);
        }
        if (!is_subclass_of(AnnouncedBean::class, $class)) {
            throw new \LogicException('One request announces the records of one module');
        }
        return new AnnouncedBean();
    }
}
