<?php

// The class of SuiteCRM that shows times, where no other test has defined it.

if (!class_exists('TimeDate', false)) {
    class TimeDate
    {
        public static function getInstance(): self
        {
            return new self();
        }

        public function getNow($userTimeZone = false)
        {
            return new DateTime('2026-11-27 12:00:00', new DateTimeZone('UTC'));
        }

        public function nowDb(): string
        {
            return '2026-11-27 16:00:00';
        }

        public function to_display_date_time($moment)
        {
            return 'time ' . $moment;
        }

        public function to_display_date($day, $use_offset = true)
        {
            return 'day ' . $day;
        }
    }
}
