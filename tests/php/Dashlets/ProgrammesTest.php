<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\ProgrammesDrawing;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\ProgrammesQuery;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Database;

final class ProgrammesTest extends DashletCase
{
    private const NASTY = '<script>"&\'';

    public function testOnlyListsThatTheUserMaySeeAreCountedAndNoIdIsSplicedIn(): void
    {
        $bean = new Bean(new Database(), 'prospect_lists');
        $bean->access = "prospect_lists.assigned_user_id = 'u1' OR x = 1";

        $sql = ProgrammesQuery::sql(new Table($bean), ['a', "b'c"]);

        self::assertStringContainsString("prospect_lists.id IN ('a', 'b\\'c')", $sql);
        self::assertStringContainsString("AND (prospect_lists.assigned_user_id = 'u1' OR x = 1)", $sql);
        self::assertStringContainsString('prospect_lists_prospects.deleted = 0', $sql);
        self::assertStringNotContainsString('_cstm', $sql);
    }

    public function testARowSaysWhoIsAddressedLeftOutAndWaitingAndWhetherItWorks(): void
    {
        $html = ProgrammesDrawing::draw([self::programme()], ['t1' => 1200, 't2' => 30, 'c1' => 150], true);

        self::assertSame(['1,230', '150', '7', 'Works'], self::cells($html));
        self::assertStringContainsString('record=t1', $html);
        self::assertStringContainsString('First (control)', $html);
    }

    public function testListsThatTheUserMayNotSeeAreNeitherCountedNorNamed(): void
    {
        $html = ProgrammesDrawing::draw([self::programme()], ['t2' => 30], false);

        self::assertSame(['30', '0', 'Works'], self::cells($html));
        self::assertStringNotContainsString('record=t1', $html);
        self::assertStringNotContainsString('First', $html);
        self::assertStringContainsString('that you may see', $html);
    }

    public function testAProgrammeOfWhichTheUserMaySeeNoListIsNotShown(): void
    {
        $html = ProgrammesDrawing::draw([self::programme()], [], false);

        self::assertStringNotContainsString('Hello', $html);
        self::assertStringContainsString('you may see none of their target lists', $html);
    }

    public function testAProgrammeThatHasNoListsYetIsShownToWhoMaySeeThemAll(): void
    {
        $html = ProgrammesDrawing::draw([self::programme(['lists' => [], 'verdict' => null])], [], true);

        self::assertSame(['0', '0', '7', '–'], self::cells($html));
    }

    public function testWhereNothingRunsThatIsSaid(): void
    {
        self::assertStringContainsString('No programme runs', ProgrammesDrawing::draw([], [], true));
    }

    public function testEveryTextIsEscaped(): void
    {
        $list = ['id' => self::NASTY, 'wave' => ['en' => self::NASTY], 'arm' => 'treated'];
        $nasty = ['label' => ['en' => self::NASTY], 'verdict' => self::NASTY, 'lists' => [$list]];

        $html = ProgrammesDrawing::draw([self::programme($nasty)], [self::NASTY => 1], true);

        self::assertStringNotContainsString('<script', $html);
    }

    public function testItSpeaksTheUsersLanguage(): void
    {
        $this->speak('fr_FR');
        $html = ProgrammesDrawing::draw([self::programme()], ['t1' => 1, 'c1' => 2], true);

        foreach (['Bonjour', 'Sollicités', 'Première', 'Efficace', 'Première (témoins)'] as $word) {
            self::assertStringContainsString($word, $html);
        }
    }

    /** @return string[] the cells of the only row but the first */
    private static function cells(string $html): array
    {
        preg_match_all('~<td[^>]*>(.*?)</td>~', $html, $found);
        return array_slice($found[1], 1);
    }

    private static function programme(array $changes = []): array
    {
        $first = ['en' => 'First', 'fr' => 'Première'];
        return $changes + [
            'key' => 'hello',
            'label' => ['en' => 'Hello', 'fr' => 'Bonjour'],
            'waiting' => 7,
            'verdict' => 'works',
            'lists' => [
                ['id' => 't1', 'wave' => $first, 'arm' => 'treated'],
                ['id' => 't2', 'wave' => ['en' => 'Second', 'fr' => 'Seconde'], 'arm' => 'treated'],
                ['id' => 'c1', 'wave' => $first, 'arm' => 'control'],
            ],
        ];
    }
}
