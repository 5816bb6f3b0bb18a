<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Days;

final class DaysTest extends CardCase
{
    /** @dataProvider ages */
    public function testHowLongAgoADayWasIsSaidInWords(string $day, string $language, string $text): void
    {
        $this->speak($language);
        self::assertSame($text, Days::ago(Days::read($day), Days::read(self::TODAY)));
    }

    public function ages(): array
    {
        return [
            ['2026-11-28', 'en_us', 'today'],
            ['2026-11-27', 'fr_FR', "aujourd'hui"],
            ['2026-11-26', 'en_us', 'yesterday'],
            ['2026-11-25', 'fr_FR', 'il y a 2 jours'],
            ['2026-09-28', 'en_us', '2 months ago'],
            ['2024-11-28', 'en_us', '24 months ago'],
            ['2024-11-27', 'fr_FR', 'il y a 2 ans'],
        ];
    }

    /** @dataProvider odd */
    public function testWhatIsNoDayIsNone(string $text): void
    {
        self::assertNull(Days::read($text));
    }

    public function odd(): array
    {
        return [[''], ['2026-02-30'], ['0000-00-00'], ['27/11/2026'], ['2026-1-2']];
    }
}
