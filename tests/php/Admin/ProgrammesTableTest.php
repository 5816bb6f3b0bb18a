<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\ProgrammesTable;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class ProgrammesTableTest extends TestCase
{
    private const NASTY = '"><script>alert(1)</script>&\'';

    protected function setUp(): void
    {
        require_once __DIR__ . '/stand_ins.php';
        require_once __DIR__ . '/time_date.php';
        require_once __DIR__ . '/numbers.php';
        $GLOBALS['_SESSION'] = [];
        $app_strings = $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
    }

    public function testEverythingThatWasToldOrTypedIsEscaped(): void
    {
        $programme = self::programme([
            'label' => ['en' => self::NASTY],
            'description' => ['en' => self::NASTY],
            'verdict' => self::NASTY,
        ]);
        $wish = ['running' => true, 'by' => self::NASTY, 'at' => 0];
        $drawn = ProgrammesTable::draw([$programme], ['zoe' => $wish]);
        $this->assertStringNotContainsString('<script', $drawn);
        $this->assertStringNotContainsString(self::NASTY, $drawn);
    }

    public function testEachProgrammeHasASwitchThatSaysWhatIsToBeAndCarriesTheSessionsToken(): void
    {
        $off = ProgrammesTable::draw([self::programme()], []);
        $this->assertStringContainsString('aria-checked="false"', $off);
        $this->assertStringContainsString('name="programme" value="zoe"', $off);
        $this->assertStringContainsString('name="running" value="1"', $off);
        $this->assertStringContainsString('name="form" value="' . $_SESSION['suitecrmbridge_form'] . '"', $off);
        $this->assertStringContainsString('method="post"', $off);
        $on = ProgrammesTable::draw([self::programme(['state' => 'running', 'since' => '2026-03-09'])], []);
        $this->assertStringContainsString('aria-checked="true"', $on);
        $this->assertStringContainsString('name="running" value="0"', $on);
        $this->assertStringContainsString('Running since day 2026-03-09', $on);
    }

    public function testAWishMovesTheSwitchAndSaysThatItWaits(): void
    {
        $wish = ['running' => true, 'by' => 'anna', 'at' => 0];
        $drawn = ProgrammesTable::draw([self::programme()], ['zoe' => $wish]);
        $this->assertStringContainsString('aria-checked="true"', $drawn);
        $this->assertStringContainsString('Starts with the next synchronisation (anna,', $drawn);
        $this->assertStringContainsString('>Off<', $drawn);
    }

    /** @dataProvider languages */
    public function testLabelsAreInTheUsersLanguageAndElseInEnglish(string $language, string $label): void
    {
        $GLOBALS['current_language'] = $language;
        $this->assertStringContainsString(">$label<", ProgrammesTable::draw([self::programme()], []));
    }

    public function languages(): array
    {
        return [['en_us', 'Hello'], ['fr_FR', 'Bonjour'], ['de_DE', 'Hello']];
    }

    public function testBeforeTheFirstSynchronisationItIsSaidWhenProgrammesCome(): void
    {
        $this->assertStringContainsString('The next synchronisation lists', ProgrammesTable::draw([], []));
    }

    public function testAVerdictIsToldInWords(): void
    {
        $drawn = ProgrammesTable::draw([self::programme(['verdict' => 'no_difference'])], []);
        $this->assertStringContainsString('No difference worth having', $drawn);
        $this->assertStringContainsString('>–<', ProgrammesTable::draw([self::programme()], []));
    }

    public function testAProgrammeThatNeverRanHasNoRowOfNoughts(): void
    {
        $noughts = ['people' => 0, 'controls' => 0, 'waiting' => 0, 'contacts' => 0];
        $cell = 'class="suitecrmbridge-number">0<';
        $this->assertStringNotContainsString($cell, ProgrammesTable::draw([self::programme($noughts)], []));
        $running = self::programme(['state' => 'running', 'since' => '2026-03-09'] + $noughts);
        $this->assertSame(4, substr_count(ProgrammesTable::draw([$running], []), $cell));
    }

    private static function programme(array $changes = []): array
    {
        return $changes + [
            'key' => 'zoe',
            'label' => ['en' => 'Hello', 'fr' => 'Bonjour'],
            'description' => ['en' => 'Says hello.', 'fr' => 'Dit bonjour.'],
            'state' => 'off',
            'since' => null,
            'people' => 12,
            'controls' => 2,
            'waiting' => 1,
            'contacts' => 10,
            'verdict' => null,
            'lists' => [],
        ];
    }
}
