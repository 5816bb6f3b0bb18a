<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Extension\suitecrmbridge\DependencyInjection\Programmes;
use PHPUnit\Framework\TestCase;

/** Who a programme's list may not reach, asked of a database with as much of SuiteCRM's tables as it reads. */
final class ProgrammesTest extends TestCase
{
    private const NOW = '2026-11-27 12:00:00';

    /** @var \PDO */
    private $database;

    protected function setUp(): void
    {
        if (!extension_loaded('pdo_sqlite')) {
            $this->markTestSkipped('PHP has no SQLite here');
        }
        $this->database = new \PDO('sqlite::memory:', null, null, [\PDO::ATTR_ERRMODE => \PDO::ERRMODE_EXCEPTION]);
        foreach ([
            'config (category, name, value)',
            'prospect_lists_prospects (prospect_list_id, related_id, related_type, deleted INTEGER)',
            'email_marketing_prospect_lists (prospect_list_id, email_marketing_id, deleted INTEGER)',
            'contacts (id, lawful_basis, date_modified, deleted INTEGER)',
            'contacts_cstm (id_c, no_profiling_c)',
            'accounts (id, date_modified, deleted INTEGER)',
            'accounts_cstm (id_c, no_profiling_c)',
            'leads (id, lawful_basis, date_modified, deleted INTEGER)',
            'email_addr_bean_rel (bean_id, bean_module, email_address_id, primary_address INTEGER, deleted INTEGER)',
            'email_addresses (id, opt_out, invalid_email, deleted INTEGER)',
            'campaign_log (target_id, target_type, activity_type, activity_date, list_id, deleted INTEGER)',
        ] as $table) {
            $this->database->exec('CREATE TABLE ' . $table);
        }
        $this->tell(['contacts' => 3, 'days' => 30, 'lists' => [
            'treated' => ['control', null, null],
            'strict' => [null, 1, 7],
        ]]);
        $this->put('email_marketing_prospect_lists', ['treated', 'message', 0]);
        foreach (['Contacts' => 'anna', 'Accounts' => 'acme', 'Leads' => 'leo'] as $module => $id) {
            $this->put('prospect_lists_prospects', ['treated', $id, $module, 0]);
            $this->put('email_addr_bean_rel', [$id, $module, "mail-$id", 1, 0]);
            $this->put('email_addresses', ["mail-$id", 0, 0, 0]);
        }
        $this->put('contacts', ['anna', '^consent^', '2026-11-01 00:00:00', 0]);
        $this->put('contacts_cstm', ['anna', 0]);
        $this->put('accounts', ['acme', '2026-11-01 00:00:00', 0]);
        $this->put('accounts_cstm', ['acme', null]);
        $this->put('leads', ['leo', null, '2026-11-01 00:00:00', 0]);
    }

    public function testWhoIsOnTheListMayHaveTheirMail(): void
    {
        $this->assertSame('', $this->reason());
        $this->assertSame('', $this->reason('Accounts', 'acme'));
        $this->assertSame('', $this->reason('Leads', 'leo'));
    }

    public function testWhoIsOnlyMeasuredGetsNone(): void
    {
        $this->put('prospect_lists_prospects', ['control', 'anna', 'Contacts', 0]);
        $this->assertSame(Programmes::CONTROL, $this->reason());
    }

    public function testNorDoTheyOverAnotherListOfTheSameMessage(): void
    {
        $this->put('prospect_lists_prospects', ['control', 'bob', 'Contacts', 0]);
        $this->assertSame(Programmes::CONTROL, $this->reason('Contacts', 'bob', 'everybody'));
        $this->assertSame('', $this->reason('Contacts', 'bob', 'everybody', 'a message of their own'));
    }

    public function testWhoWasAControlOnceIsNoneAnyMore(): void
    {
        $this->put('prospect_lists_prospects', ['control', 'anna', 'Contacts', 1]);
        $this->assertSame('', $this->reason());
    }

    public function testWhoWasQueuedAndLeftTheListGetsNone(): void
    {
        $this->database->exec("UPDATE prospect_lists_prospects SET deleted = 1 WHERE related_id = 'anna'");
        $this->assertSame(Programmes::LEFT, $this->reason());
    }

    public function testAListThatIsNoProgrammesIsLeftToSuiteCrm(): void
    {
        $this->database->exec('UPDATE email_addresses SET opt_out = 1');
        $this->assertSame('', $this->reason('Contacts', 'anna', 'everybody', 'a message of their own'));
    }

    public function testWhereNothingWasToldSuiteCrmDecides(): void
    {
        $this->database->exec('DELETE FROM config');
        $this->assertSame('', $this->reason('Contacts', 'nobody'));
    }

    public function testWhatWasToldAndCannotBeReadStopsProgrammesAndNoOtherList(): void
    {
        $this->database->exec("UPDATE config SET value = substr(value, 1, length(value) - 3)");
        $this->assertSame(Programmes::UNKNOWN, $this->reason());
        $this->assertSame('', $this->reason('Contacts', 'anna', 'everybody'));
    }

    /** @dataProvider changes */
    public function testWhatTheRecordSaysNowCounts(string $module, string $person, string $change, string $reason): void
    {
        $this->database->exec($change);
        $this->assertSame($reason, $this->reason($module, $person));
    }

    public function changes(): array
    {
        $log = 'INSERT INTO campaign_log VALUES';
        return [
            'opted out' => ['Contacts', 'anna', 'UPDATE email_addresses SET opt_out = 1', Programmes::OPTED_OUT],
            'an opted out account' => ['Accounts', 'acme', 'UPDATE email_addresses SET opt_out = 1', Programmes::OPTED_OUT],
            'an invalid lead' => ['Leads', 'leo', 'UPDATE email_addresses SET invalid_email = 1', Programmes::INVALID],
            'withdrawn' => ['Contacts', 'anna', "UPDATE contacts SET lawful_basis = '^withdrawn^'", Programmes::WITHDRAWN],
            'a lead withdrawn' => ['Leads', 'leo', "UPDATE leads SET lawful_basis = '^consent^,^withdrawn^'", Programmes::WITHDRAWN],
            'objects' => ['Contacts', 'anna', 'UPDATE contacts_cstm SET no_profiling_c = 1', Programmes::OBJECTS],
            'an account objects' => ['Accounts', 'acme', 'UPDATE accounts_cstm SET no_profiling_c = 1', Programmes::OBJECTS],
            'gone' => ['Contacts', 'anna', 'UPDATE contacts SET deleted = 1', Programmes::UNKNOWN],
            'a row of fields that is missing' => ['Contacts', 'anna', 'DELETE FROM contacts_cstm', ''],
            'opted out by a link since' => [
                'Contacts', 'anna', "$log ('anna', 'Contacts', 'removed', '2026-11-02 00:00:00', '', 0)", Programmes::OPTED_OUT,
            ],
            'opted out by a link and saved since' => [
                'Contacts', 'anna', "$log ('anna', 'Contacts', 'removed', '2026-10-02 00:00:00', '', 0)", '',
            ],
            'an address that is not the first' => [
                'Contacts', 'anna', 'UPDATE email_addresses SET opt_out = 1; UPDATE email_addr_bean_rel SET primary_address = 0', '',
            ],
        ];
    }

    /** @dataProvider mails */
    public function testNobodyGetsMoreThanTheCap(array $moments, string $reason): void
    {
        foreach ($moments as $moment) {
            $this->mailed($moment);
        }
        $this->assertSame($reason, $this->reason());
    }

    public function mails(): array
    {
        $day = '2026-11-20 08:00:00';
        return [
            'two of three' => [[$day, $day], ''],
            'three of three' => [[$day, $day, $day], Programmes::CAP],
            'one of them due again today' => [[$day, $day, '2026-10-28 23:59:59'], ''],
            'one of them due again tomorrow' => [[$day, $day, '2026-10-29 00:00:00'], Programmes::CAP],
        ];
    }

    public function testMailsOfPeoplesOwnListsDoNotCountTowardsTheCap(): void
    {
        for ($number = 0; $number < 5; $number++) {
            $this->mailed('2026-11-20 08:00:00', 'everybody');
        }
        $this->assertSame('', $this->reason());
    }

    public function testOnlyMailsThatWereSentCount(): void
    {
        for ($number = 0; $number < 5; $number++) {
            $this->put('campaign_log', ['anna', 'Contacts', 'blocked-programme-cap', '2026-11-20 08:00:00', 'treated', 0]);
            $this->put('campaign_log', ['anna', 'Contacts', 'targeted', '2026-11-20 08:00:00', 'treated', 1]);
        }
        $this->assertSame('', $this->reason());
    }

    public function testAProgrammesOwnCapIsStricter(): void
    {
        $this->put('prospect_lists_prospects', ['strict', 'anna', 'Contacts', 0]);
        $this->mailed('2026-11-20 23:00:00');
        $this->assertSame('', $this->reason('Contacts', 'anna', 'strict'));
        $this->mailed('2026-11-21 00:00:00');
        $this->assertSame(Programmes::CAP, $this->reason('Contacts', 'anna', 'strict'));
    }

    public function testAStatementThatFailsIsNoPermission(): void
    {
        $programmes = new Programmes(static function () {
            return false;
        });
        $this->expectException(\RuntimeException::class);
        $programmes->reason('Contacts', 'anna', 'treated', 'message', 0);
    }

    private function reason(
        string $module = 'Contacts',
        string $person = 'anna',
        string $list = 'treated',
        string $message = 'message'
    ): string {
        $programmes = new Programmes(function (string $statement, array $values): array {
            $asked = $this->database->prepare($statement);
            $asked->execute($values);
            return $asked->fetchAll(\PDO::FETCH_ASSOC);
        });
        return $programmes->reason($module, $person, $list, $message, strtotime(self::NOW . ' UTC'));
    }

    private function mailed(string $moment, string $list = 'treated'): void
    {
        $this->put('campaign_log', ['anna', 'Contacts', 'targeted', $moment, $list, 0]);
    }

    private function tell(array $told): void
    {
        $this->put('config', ['suitecrmbridge', 'addressing', json_encode(['mark' => 'm'] + $told)]);
    }

    private function put(string $table, array $values): void
    {
        $places = implode(', ', array_fill(0, count($values), '?'));
        $this->database->prepare("INSERT INTO $table VALUES ($places)")->execute($values);
    }
}
