<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Saves a changed segment as SuiteCRM saves a record: with audit, hooks and workflows. */
final class Notice
{
    public static function save(string $module, string $id, ?string $segment): void
    {
        $bean = \BeanFactory::newBean($module);
        if (!$bean->retrieve($id)) {
            throw new \RuntimeException(sprintf('The record %s of %s cannot be loaded', $id, $module));
        }
        $bean->{Writable::SEGMENT} = (string) $segment;
        $bean->save(false);
    }
}
