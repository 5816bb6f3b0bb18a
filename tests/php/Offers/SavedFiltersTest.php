<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\Hooks;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\SavedFilters;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Person;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns\Searches;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class SavedFiltersTest extends TestCase
{
    private const FIVE = ['Contacts', 'Accounts', 'Contacts', 'Accounts', 'Cases'];

    /** @var Searches */
    private $database;

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $this->database = \DBManagerFactory::$database = new Searches();
        $this->database->users = [
            'anna' => base64_encode(serialize(['language' => 'fr_FR'])),
            'ben' => '',
        ];
        $GLOBALS['sugar_config']['default_language'] = 'en_us';
        $GLOBALS['_SESSION'] = [];
        $GLOBALS['app_list_strings'] = ['case_status_dom' => ['Open_New' => 'New', 'Closed_Closed' => 'Closed']];
    }

    public function testEachUserHasThemInTheirOwnLanguage(): void
    {
        SavedFilters::on();

        self::assertSame(self::FIVE, array_column($this->of('anna'), 'search_module'));
        self::assertSame(self::FIVE, array_column($this->of('ben'), 'search_module'));
        self::assertSame('À appeler maintenant', $this->of('anna')[0]['name']);
        self::assertSame('To call now', $this->of('ben')[0]['name']);
        self::assertTrue(SavedFilters::isOn());
    }

    public function testASearchFindsWhatItsNameSaysInTheFormThatBothVersionsRead(): void
    {
        SavedFilters::on();
        $contents = $this->contents($this->of('ben')[0]);

        self::assertSame(['call_now'], $contents['next_action_c_advanced']);
        self::assertSame('enum', $contents['field_type_next_action_c']);
        self::assertSame(['VALUE_AT_STAKE_C', 'DESC'], [$contents['orderBy'], $contents['sortOrder']]);
        $complaints = $this->contents($this->of('ben')[4]);
        self::assertSame(['1', 'bool'], [$complaints['sla_breached_c_advanced'], $complaints['field_type_sla_breached_c']]);
        self::assertSame(['1', 'bool'], [$complaints['complaint_c_advanced'], $complaints['field_type_complaint_c']]);
        self::assertSame(['Open'], $complaints['state_advanced']);
    }

    public function testAddingThemAgainAddsNothing(): void
    {
        SavedFilters::on();
        $once = $this->database->searches;
        SavedFilters::on();

        self::assertSame($once, $this->database->searches);
    }

    public function testANewUserHasThemAfterTheFirstLogin(): void
    {
        SavedFilters::on();
        $this->login('zoe', 'fr_FR');

        self::assertSame('À reconquérir', $this->of('zoe')[2]['name']);
        $this->login('zoe', 'fr_FR');
        self::assertCount(5, $this->of('zoe'));
    }

    public function testWhoChangesTheLanguageReadsThemInIt(): void
    {
        SavedFilters::on();
        $this->login('ben', 'fr_FR');

        self::assertSame('À appeler maintenant', $this->of('ben')[0]['name']);
    }

    public function testNobodyGetsThemWhileTheyAreOff(): void
    {
        $this->login('zoe', 'en_us');

        self::assertSame([], $this->database->searches);
    }

    public function testASearchThatSomebodyDeletedDoesNotComeBack(): void
    {
        SavedFilters::on();
        $id = $this->of('ben')[0]['id'];
        $this->database->searches[$id]['deleted'] = '1';
        $this->login('ben', 'fr_FR');

        self::assertSame('1', $this->database->searches[$id]['deleted']);
        self::assertSame('To call now', $this->database->searches[$id]['name']);
    }

    /** @dataProvider changes */
    public function testASearchThatSomebodyChangedIsTheirs(string $column, string $value): void
    {
        SavedFilters::on();
        $id = $this->of('ben')[0]['id'];
        $this->database->searches[$id][$column] = $value;
        $this->login('ben', 'fr_FR');
        self::assertSame($value, $this->database->searches[$id][$column]);
        SavedFilters::off();

        self::assertSame([$id], array_keys($this->database->searches));
        self::assertNull($this->database->searches[$id]['description']);
    }

    /** @return string[][] */
    public function changes(): array
    {
        return ['name' => ['name', 'Mine'], 'contents' => ['contents', base64_encode(serialize(['query' => 'true']))]];
    }

    public function testTakingThemAwayLeavesOtherSearchesAloneAndNothingElse(): void
    {
        SavedFilters::on();
        $own = ['id' => 'own', 'name' => 'To call now', 'contents' => '', 'description' => null, 'deleted' => '0'];
        $this->database->searches['own'] = $own;
        $this->database->searches[$this->of('anna')[1]['id']]['deleted'] = '1';
        SavedFilters::off();

        self::assertSame(['own' => $own], $this->database->searches);
        self::assertSame([], $this->database->settings);
    }

    public function testAFailureKeepsNobodyOut(): void
    {
        SavedFilters::on();
        $GLOBALS['log'] = new class () {
            public $lines = [];

            public function error(string $line): void
            {
                $this->lines[] = $line;
            }
        };
        \DBManagerFactory::$database = new \stdClass();
        $this->login('ben', 'en_us');

        self::assertStringContainsString('SavedFilters for ben', $GLOBALS['log']->lines[0]);
    }

    private function login(string $user, string $language): void
    {
        $GLOBALS['current_user'] = new Person($user);
        $_SESSION['authenticated_user_language'] = $language;
        (new Hooks())->meet();
    }

    private function of(string $user): array
    {
        return array_values(array_filter($this->database->searches, static function (array $row) use ($user): bool {
            return ($row['assigned_user_id'] ?? '') === $user;
        }));
    }

    private function contents(array $search): array
    {
        return unserialize(base64_decode($search['contents']), ['allowed_classes' => false]);
    }
}
