<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Person;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A call that somebody made and ticked, as a record of SuiteCRM. */
final class LoggedCall
{
    public const MODULE = 'Calls';

    private const KEY = 'suitecrmbridge_calls';
    private const KEPT = 3;
    private const MINUTES = 15;
    private const LONGEST_NAME = 50;
    private const CONTACTS = 'Contacts';

    /** Whether the current user may make calls. */
    public static function isAllowed(): bool
    {
        return (bool) \ACLController::checkAccess(self::MODULE, 'edit', true);
    }

    /** A held call of the current user with a customer, now. */
    public static function create(string $module, string $id): void
    {
        $person = Person::of($module, $id);
        $user = $GLOBALS['current_user']->id;
        $call = \BeanFactory::newBean(self::MODULE);
        $call->name = mb_substr(Texts::get('call_name', ['customer' => $person['name']]), 0, self::LONGEST_NAME, 'UTF-8');
        $call->status = 'Held';
        $call->direction = 'Outbound';
        $call->date_start = \TimeDate::getInstance()->nowDb();
        $call->duration_hours = 0;
        $call->duration_minutes = self::MINUTES;
        $call->parent_type = $module;
        $call->parent_id = $id;
        $call->assigned_user_id = $user;
        $call->save();
        self::link($call, 'users', $user);
        if ($module === self::CONTACTS) {
            self::link($call, 'contacts', $id);
        }
        $latest = array_merge([['id' => $call->id, 'name' => $person['name']]], self::latest());
        $_SESSION[self::KEY] = array_slice($latest, 0, self::KEPT);
    }

    /** @return array<int, array{id: string, name: string}> calls logged in this session, the last first */
    public static function latest(): array
    {
        return $_SESSION[self::KEY] ?? [];
    }

    private static function link($call, string $link, string $id): void
    {
        if ($call->load_relationship($link)) {
            $call->$link->add($id);
        }
    }
}
