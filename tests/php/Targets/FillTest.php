<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Targets;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Lists\ListHook;
use SuiteCRM\Custom\SuiteCRMBridge\Targets\Fill;
use SuiteCRM\Custom\SuiteCRMBridge\Targets\Search;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Targets\StandIns\Base;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class FillTest extends TestCase
{
    /** @var Base */
    private $base;

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $this->base = \DBManagerFactory::$database = new Base();
        $this->base->contacts = ['c1' => 'at_risk', 'c2' => 'champions', 'c3' => 'at_risk', 'c4' => ''];
        $this->base->lists = ['l1' => 'Winter &amp; <b>'];
        \ACLController::$forbidden = [];
        $GLOBALS['_SESSION'] = [];
        $GLOBALS['current_user'] = (object) ['id' => 'me'];
        $app_strings = $app_list_strings = [];
        require __DIR__ . '/../../../custom/Extension/application/Ext/Language/en_us.suitecrmbridge.php';
        $GLOBALS['app_strings'] = $app_strings;
        $GLOBALS['app_list_strings'] = $app_list_strings;
    }

    public function testItTellsHowManyThereAreOfEachSegmentTheBestFirst(): void
    {
        $page = Fill::answer(['of' => 'Contacts'], false);

        self::assertStringContainsString('Contacts: 4 in all', $page);
        self::assertMatchesRegularExpression('/Champions: 1.*At risk: 2.*No segment: 1/', $page);
        self::assertStringContainsString("contacts.assigned_user_id = 'me'", $this->base->statements[0]);
    }

    public function testTheNumberIsConfirmedBeforeAnybodyIsAdded(): void
    {
        $page = $this->post(['act' => 'confirm', 'segments' => ['at_risk', '-'], 'list' => 'l1']);

        self::assertStringContainsString('add 3 records to “Winter &amp; &lt;b&gt;”?', $page);
        self::assertSame([], $this->base->members);
    }

    public function testTheChosenSegmentsAreAddedAndNobodyTwice(): void
    {
        $this->base->members = ['l1' => ['c3']];
        $page = $this->post(['act' => 'add', 'segments' => ['at_risk', '-'], 'list' => 'l1']);

        self::assertSame(['c3', 'c1', 'c4'], $this->base->members['l1']);
        self::assertStringContainsString('2 added; on the list already: 1.', $page);
    }

    public function testMoreThanAPageOfThemIsAdded(): void
    {
        $this->base->contacts = [];
        for ($number = 0; $number < 12001; $number++) {
            $this->base->contacts[sprintf('c%05d', $number)] = 'at_risk';
        }
        $page = $this->post(['act' => 'add', 'segments' => ['at_risk'], 'list' => 'l1']);

        self::assertSame(array_keys($this->base->contacts), $this->base->members['l1']);
        self::assertStringContainsString('12,001 added', $page);
    }

    public function testAListCanBeMadeForThem(): void
    {
        $this->post(['act' => 'add', 'segments' => ['champions'], 'list' => '', 'name' => 'Spring &amp; co']);

        self::assertSame('Spring & co', $this->base->lists['new']);
        self::assertSame(['c2'], $this->base->members['new']);
    }

    public function testListsOfProgrammesAreNotOffered(): void
    {
        $this->base->lists['l9'] = 'Programme';
        $this->base->told = ['key' => 'zoe', 'place' => 0, 'lists' => [['id' => 'l9']]];

        self::assertStringNotContainsString('value="l9"', Fill::answer(['of' => 'Contacts'], false));
        self::assertStringContainsString('value="l1"', Fill::answer(['of' => 'Contacts'], false));
    }

    /** @dataProvider refusals */
    public function testNothingIsAddedWhereSomethingIsMissing(array $given, string $said): void
    {
        $page = $this->post($given + ['act' => 'add', 'segments' => ['at_risk'], 'list' => 'l1']);

        self::assertStringContainsString($said, $page);
        self::assertSame([], $this->base->members);
        self::assertSame(['l1'], array_keys($this->base->lists));
    }

    public function refusals(): array
    {
        return [
            'a token of another session' => [['form' => 'other'], 'The form has expired'],
            'no segment' => [['segments' => []], 'at least one segment'],
            'an unknown segment' => [['segments' => ['vip', ['x']]], 'at least one segment'],
            'a list that the user may not edit' => [['list' => 'l2'], 'Choose a target list'],
            'no name for a new one' => [['list' => '', 'name' => ' '], 'Choose a target list'],
        ];
    }

    public function testALinkAddsNobody(): void
    {
        Fill::answer(['of' => 'Contacts', 'act' => 'add', 'segments' => ['at_risk'], 'list' => 'l1', 'form' => Form::token()], false);

        self::assertSame([], $this->base->members);
    }

    public function testWhoMayNotListTheCustomersIsTold(): void
    {
        \ACLController::$forbidden = ['Contacts'];

        self::assertStringContainsString('not list these customers', $this->post(['act' => 'add']));
        self::assertSame([], $this->base->statements);
    }

    public function testASearchComesThroughAsSuiteCrmReadsIt(): void
    {
        $packed = Search::packed([
            'module' => 'Contacts',
            'PHPSESSID' => 'secret',
            'searchFormTab' => 'advanced_search',
            'last_name_advanced' => 'O\'Brien & "Sons"',
            'next_action_c_advanced' => ['call_now'],
            'start_range_last_purchase_c_advanced' => '2026-01-01',
        ]);
        $search = Search::unpacked($packed);
        $read = json_decode(html_entity_decode($search, ENT_QUOTES), true);

        self::assertSame('O\'Brien & "Sons"', $read['last_name_advanced']);
        self::assertSame(['call_now'], $read['next_action_c_advanced']);
        self::assertArrayNotHasKey('PHPSESSID', $read);
        self::assertSame(['searchFormTab', 'last_name', 'next_action_c', 'last_purchase_c'], Search::fields($search));
    }

    /** @dataProvider nothing */
    public function testWhereNothingWasSearchedEverybodyIsMeant($packed): void
    {
        self::assertSame('', Search::unpacked($packed));
    }

    public function nothing(): array
    {
        return [[null], [''], ['%%%'], [['x']], [Search::packed(['query' => 'true', 'searchFormTab' => 'basic_search'])]];
    }

    public function testAListOfCustomersHasTheButtonForThoseWhoMayUseIt(): void
    {
        self::assertStringContainsString('value="Contacts"', $this->below(['module' => 'Contacts', 'action' => 'index']));
        self::assertSame('', $this->below(['module' => 'Contacts', 'action' => 'DetailView']));
        self::assertSame('', $this->below(['module' => 'Contacts', 'action' => 'index', 'to_pdf' => '1']));
        \ACLController::$forbidden = ['ProspectLists'];
        self::assertStringNotContainsString('<form', $this->below(['module' => 'Contacts', 'action' => 'index']));
    }

    public function testHeadsOfListsThatGetFurtherColumnsMayTakeTwoLines(): void
    {
        self::assertStringContainsString('white-space:normal', $this->below(['module' => 'Accounts', 'action' => 'index']));
        self::assertStringNotContainsString('white-space:normal!important', $this->below(['module' => 'Campaigns', 'action' => 'index']));
    }

    private function below(array $request): string
    {
        $_REQUEST = $request;
        ob_start();
        (new ListHook())->show();
        return (string) ob_get_clean();
    }

    private function post(array $given): string
    {
        return Fill::answer($given + ['of' => 'Contacts', 'form' => Form::token()], true);
    }
}
