<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** This month and the last one, in the time zone of a moment; moments in UTC as the database writes them. */
final class TwoMonths
{
    /** @var \DateTimeImmutable */
    private $now;

    public function __construct(\DateTimeImmutable $now)
    {
        $this->now = $now;
    }

    public function start(): string
    {
        return self::utc($this->first());
    }

    public function lastStart(): string
    {
        return self::utc($this->lastFirst());
    }

    /** The end of the day of last month that is as far in it as today is in this one. */
    public function lastByNow(): string
    {
        $day = $this->lastFirst()->modify('+' . $this->now->format('j') . ' days');
        return self::utc(min($day, $this->first()));
    }

    /**
     * First and last day of this month, of the last one, and of the last one up to as far as today is in this.
     *
     * @return array{this_month: \DateTimeImmutable[], last_month: \DateTimeImmutable[], last_by_now: \DateTimeImmutable[]}
     */
    public function days(): array
    {
        $last = $this->first()->modify('-1 day');
        $same = $this->lastFirst()->modify('+' . ((int) $this->now->format('j') - 1) . ' days');
        return [
            'this_month' => [$this->first(), $this->first()->modify('last day of this month')],
            'last_month' => [$this->lastFirst(), $last],
            'last_by_now' => [$this->lastFirst(), min($same, $last)],
        ];
    }

    /** How many days have passed since a moment. */
    public function daysSince(string $moment): int
    {
        $then = new \DateTimeImmutable($moment, new \DateTimeZone('UTC'));
        return max(0, intdiv($this->now->getTimestamp() - $then->getTimestamp(), 86400));
    }

    private function first(): \DateTimeImmutable
    {
        return $this->now->modify('first day of this month')->setTime(0, 0);
    }

    private function lastFirst(): \DateTimeImmutable
    {
        return $this->first()->modify('-1 month');
    }

    private static function utc(\DateTimeImmutable $moment): string
    {
        return $moment->setTimezone(new \DateTimeZone('UTC'))->format('Y-m-d H:i:s');
    }
}
