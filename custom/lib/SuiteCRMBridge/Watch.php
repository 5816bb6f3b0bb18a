<?php

namespace SuiteCRM\Custom\SuiteCRMBridge;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * An entry among SuiteCRM's schedulers that only looks whether syncs still happen.
 *
 * Its own status is the switch: whoever makes it inactive there has turned it off here, too.
 */
final class Watch
{
    public const TASK = 'suitecrmbridge_watch';

    private const JOB = 'function::' . self::TASK;
    private const HOURLY = '17::*::*::*::*';
    private const LONG_AGO = '2015-01-01 00:00:01';
    private const BETWEEN_NAMES = ' / ';

    /** Make the entry, where there never was one: what an administrator deleted does not come back by itself. */
    public static function install(): void
    {
        if (self::entry() === null) {
            self::create();
        }
    }

    public static function isOn(): bool
    {
        $entry = self::entry();
        return $entry !== null && (int) $entry['deleted'] === 0 && $entry['status'] === 'Active';
    }

    /** @return string when SuiteCRM last ran it, UTC; empty where it never did */
    public static function lastLook(): string
    {
        return (string) (self::entry()['last_run'] ?? '');
    }

    public static function turn(bool $isOn): void
    {
        if (self::entry() === null && $isOn) {
            self::create();
            return;
        }
        $database = new Database();
        $database->run(sprintf(
            'UPDATE schedulers SET deleted = 0, status = %s WHERE job = %s',
            $database->text($isOn ? 'Active' : 'Inactive'),
            $database->text(self::JOB)
        ));
        if (!$isOn) {
            Warning::takeBack();
        }
    }

    /** What SuiteCRM's scheduler calls. */
    public static function look(): bool
    {
        $entry = self::entry();
        $last = Runs::last();
        $since = $last['finished_at'] ?? $entry['date_entered'] ?? null;
        if ($since === null) {
            return true;
        }
        $days = self::days((string) $since, \TimeDate::getInstance()->nowDb());
        if ($days < Warning::DAYS) {
            Warning::takeBack();
        } else {
            Warning::give($days, $last !== null);
        }
        return true;
    }

    /** Leave nothing of it: neither the entry nor what waits in the queue nor a warning. */
    public static function remove(): void
    {
        $database = new Database();
        $job = $database->text(self::JOB);
        $database->run("DELETE FROM job_queue WHERE target = $job");
        $database->run("DELETE FROM schedulers WHERE job = $job");
        Warning::takeBack();
    }

    /** Whole days from one moment to another, both as the database writes them. */
    public static function days(string $from, string $to): int
    {
        return intdiv(max(0, strtotime($to . ' UTC') - strtotime($from . ' UTC')), 86400);
    }

    /** @return array<string, string|null>|null also one that was deleted */
    private static function entry(): ?array
    {
        $database = new Database();
        $rows = $database->rows('SELECT status, deleted, last_run, date_entered FROM schedulers WHERE job = '
            . $database->text(self::JOB) . ' ORDER BY deleted');
        return iterator_to_array($rows, false)[0] ?? null;
    }

    private static function create(): void
    {
        $entry = \BeanFactory::newBean('Schedulers');
        $entry->name = Spoken::joined('watch_name', self::BETWEEN_NAMES);
        $entry->job = self::JOB;
        $entry->job_interval = self::HOURLY;
        $entry->date_time_start = self::LONG_AGO;
        $entry->status = 'Active';
        $entry->catch_up = '0';
        $entry->save();
    }
}
