<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Cards;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Setup;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class CardsTest extends InstallCase
{
    private const NASTY = "a'; DROP TABLE contacts; --";

    public function testTheTablesComeWithThePackageAndAreAskedByTheirKeysAlone(): void
    {
        Cards::install();
        [$facts, $changes] = $this->database->statements;
        $this->assertStringContainsString('IF NOT EXISTS suitecrmbridge_cards', $facts);
        $this->assertStringContainsString('PRIMARY KEY (module, customer_id)', $facts);
        $this->assertStringContainsString('PRIMARY KEY (module, customer_id, what, since)', $changes);

        $this->database->statements = [];
        Cards::facts('Contacts', self::NASTY);
        Cards::changes('Contacts', self::NASTY);
        foreach ($this->database->statements as $statement) {
            $this->assertStringContainsString("WHERE module = 'Contacts' AND customer_id = 'a\\'; DROP", $statement);
        }
        $this->assertCount(2, $this->database->statements);
    }

    public function testUninstallingTakesThemAway(): void
    {
        $GLOBALS['log'] = new class () {
            public function fatal(string $line): void
            {
            }
        };
        $this->putStudio();
        Setup::uninstall();
        $this->assertContains('DROP TABLE IF EXISTS suitecrmbridge_cards', $this->database->statements);
        $this->assertContains('DROP TABLE IF EXISTS suitecrmbridge_changes', $this->database->statements);
    }

    public function testWhatIsToldTakesThePlaceOfWhatWasAtOnceOrNotAtAll(): void
    {
        Cards::put('Contacts', ['c1' => $this->card()], ['c2']);
        $this->assertSame([
            'START TRANSACTION',
            "DELETE FROM suitecrmbridge_cards WHERE module = 'Contacts' AND customer_id IN ('c1','c2')",
            "DELETE FROM suitecrmbridge_changes WHERE module = 'Contacts' AND customer_id IN ('c1','c2')",
            "INSERT INTO suitecrmbridge_cards (module, customer_id, facts) VALUES ('Contacts', 'c1', '{\\\"rule\\\":\\\"best\\\"}')",
            'INSERT IGNORE INTO suitecrmbridge_changes (module, customer_id, what, since, value) VALUES'
                . " ('Contacts', 'c1', 'segment','2026-11-01','loyal')",
            'COMMIT',
        ], $this->database->statements);
    }

    public function testManyCustomersGoInSeveralStatements(): void
    {
        $cards = [];
        for ($number = 0; $number < 501; $number++) {
            $cards["c$number"] = $this->card();
        }
        Cards::put('Contacts', $cards, []);
        $this->assertCount(10, $this->database->statements);
    }

    public function testFactsAreReadBack(): void
    {
        $this->database->rows = [['facts' => '{"rule":"best","kept":12.5}']];
        $this->assertSame(['rule' => 'best', 'kept' => 12.5], Cards::facts('Contacts', 'c1'));
    }

    /** @dataProvider nothing */
    public function testWhereNothingWasToldThereAreNone(array $rows): void
    {
        $this->database->rows = $rows;
        $this->assertSame([], Cards::facts('Contacts', 'c1'));
    }

    public function nothing(): array
    {
        return [[[]], [[['facts' => '']]], [[['facts' => 'cut {']]]];
    }

    private function card(): array
    {
        return ['facts' => ['rule' => 'best'], 'changes' => [['segment', '2026-11-01', 'loyal']]];
    }
}
