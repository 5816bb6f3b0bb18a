<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The last months up to a moment, in the time zone of that moment. */
final class Months
{
    public const COUNT = 12;

    /** @var \DateTimeImmutable */
    private $first;

    public function __construct(\DateTimeImmutable $now)
    {
        $this->first = $now->modify('first day of this month')
            ->setTime(0, 0)
            ->modify('-' . (self::COUNT - 1) . ' months');
    }

    /** The moment at which the first month starts, UTC, as the database writes it. */
    public function start(): string
    {
        return $this->first->setTimezone(new \DateTimeZone('UTC'))->format('Y-m-d H:i:s');
    }

    /**
     * The first and the last day of one of the months.
     *
     * @return \DateTimeImmutable[]
     */
    public static function days(string $month): array
    {
        $first = new \DateTimeImmutable($month . '-01', new \DateTimeZone('UTC'));
        return [$first, $first->modify('last day of this month')];
    }

    /** @return string[] as YYYY-MM, oldest first */
    public function keys(): array
    {
        $keys = [];
        for ($month = 0; $month < self::COUNT; $month++) {
            $keys[] = $this->first->modify("+$month months")->format('Y-m');
        }
        return $keys;
    }
}
