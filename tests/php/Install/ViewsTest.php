<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Field;
use SuiteCRM\Custom\SuiteCRMBridge\Install\CardRow;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Listing;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Panel;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Install\StandIns\Parser;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class ViewsTest extends InstallCase
{
    private const ROWS = [['rfm_segment_c', 'rfm_score_c'], ['rfm_reason_c']];
    private const FIELDS = ['rfm_segment_c', 'rfm_score_c', 'rfm_reason_c', 'clv_c'];
    private const BEFORE = [
        'templateMeta' => ['tabDefs' => ['FIRST' => ['newTab' => true]]],
        'panels' => ['first' => [['last_name', '(empty)']]],
    ];

    public function testAPanelHasItsRowsAndATabWhereTheOthersHaveOne(): void
    {
        $parser = $this->grid(self::BEFORE);
        $this->panel()->add(['rfm_segment_c', 'rfm_score_c', 'rfm_reason_c']);
        $this->assertSame(
            [['rfm_segment_c', 'rfm_score_c'], ['rfm_reason_c', '(empty)']],
            $parser->_viewdefs['panels'][Panel::LABEL]
        );
        $this->assertTrue($parser->_viewdefs['templateMeta']['tabDefs'][Panel::LABEL]['newTab']);
        $this->assertSame(1, $parser->saves);
    }

    public function testAPanelIsNoTabWhereTheOthersAreNone(): void
    {
        $parser = $this->grid(['panels' => ['first' => []], 'templateMeta' => ['tabDefs' => []]]);
        $this->panel()->add(['rfm_segment_c']);
        $this->assertFalse($parser->_viewdefs['templateMeta']['tabDefs'][Panel::LABEL]['newTab']);
    }

    public function testAFieldThatStandsOnAnotherPanelIsNotAddedAgain(): void
    {
        $parser = $this->grid(['panels' => ['first' => [['rfm_segment_c', '(filler)']]]]);
        $this->panel()->add(['rfm_segment_c']);
        $this->assertSame([['rfm_segment_c', '(filler)']], $parser->_viewdefs['panels']['first']);
        $this->assertSame(0, $parser->saves);
    }

    public function testANewFieldJoinsThePanelThatIsThere(): void
    {
        $parser = $this->grid(['panels' => [Panel::LABEL => [['rfm_segment_c', 'rfm_score_c']]]]);
        $this->panel()->add(['rfm_reason_c']);
        $this->assertSame(['rfm_reason_c', '(empty)'], $parser->_viewdefs['panels'][Panel::LABEL][1]);
    }

    public function testAFieldThatSuiteCrmDoesNotKnowYetIsNotLostSilently(): void
    {
        $this->grid(self::BEFORE, ['rfm_score_c']);
        $this->expectExceptionMessage('unknown: rfm_segment_c of Contacts');
        $this->panel()->add(['rfm_segment_c', 'rfm_score_c']);
    }

    public function testTakingTheFieldsOffTakesThePanelAway(): void
    {
        $parser = $this->grid(self::BEFORE);
        $this->panel()->add(['rfm_segment_c', 'rfm_score_c', 'rfm_reason_c']);
        $this->panel()->remove(self::FIELDS);
        $this->assertSame(self::BEFORE, $parser->_viewdefs);
    }

    public function testAPanelWithAnAdministratorsFieldStays(): void
    {
        $parser = $this->grid(['panels' => [Panel::LABEL => [['his_own_c', 'rfm_score_c']]]]);
        $this->panel()->remove(self::FIELDS);
        $this->assertSame([['his_own_c', '(filler)']], $parser->_viewdefs['panels'][Panel::LABEL]);
    }

    public function testAColumnIsAvailableAndNotShown(): void
    {
        $parser = $this->parser('listview', ['name' => ['default' => true]]);
        $view = new Listing('Contacts', 'listview', ['rfm_segment_c'], false);
        $view->add(['rfm_segment_c']);
        $this->assertSame('enum', $parser->_viewdefs['rfm_segment_c']['type']);
        $this->assertFalse($parser->_viewdefs['rfm_segment_c']['default']);
    }

    /** @dataProvider versions */
    public function testAColumnIsWrittenAsAnAmountOrInPercentWhereSuiteCrmTakesTypesOfOthers(bool $isEight, array $types): void
    {
        if ($isEight) {
            $this->put('include/portability/Services/any.php');
        }
        $fields = ['rfm_segment_c', 'clv_c', 'wallet_share_c', 'satisfaction_c'];
        $parser = $this->parser('listview', []);
        (new Listing('Contacts', 'listview', $fields, false))->add($fields);
        $this->assertSame(array_combine($fields, $types), array_map(static function (array $column): string {
            return $column['type'];
        }, $parser->_viewdefs));
    }

    public function versions(): array
    {
        return [
            '7' => [false, ['enum', 'suitecrmbridge_amount', 'suitecrmbridge_share', 'decimal']],
            '8 has amounts of its own' => [true, ['enum', 'decimal', 'decimal', 'decimal']],
        ];
    }

    public function testAFilterIsOfTheTypeThatSuiteCrmSearchesBy(): void
    {
        $parser = $this->parser('advanced_search', []);
        (new Listing('Contacts', 'advanced_search', ['clv_c'], true))->add(['clv_c']);
        $this->assertSame('decimal', $parser->_viewdefs['clv_c']['type']);
    }

    public function testAFilterThatAnAdministratorPlacedIsLeftAlone(): void
    {
        $parser = $this->parser('basic_search', ['rfm_segment_c' => ['label' => 'his own']]);
        (new Listing('Contacts', 'basic_search', ['rfm_segment_c'], true))->add(['rfm_segment_c']);
        $this->assertSame(['rfm_segment_c' => ['label' => 'his own']], $parser->_viewdefs);
        $this->assertSame(0, $parser->saves);
    }

    public function testColumnsAreTakenOffAgain(): void
    {
        $parser = $this->parser('listview', ['name' => [], 'rfm_segment_c' => []]);
        (new Listing('Contacts', 'listview', ['rfm_segment_c'], false))->remove(self::FIELDS);
        $this->assertSame(['name' => []], $parser->_viewdefs);
    }

    public function testAGroupIsAPanelOfItsOwnInTheTabOfTheFirstOne(): void
    {
        $parser = $this->grid(self::BEFORE);
        $this->panel()->add(['rfm_segment_c']);
        (new Panel('Contacts', 'detailview', [['clv_c']], 'value'))->add(['clv_c']);
        $this->assertSame(
            ['first', Panel::LABEL, Panel::LABEL . '_VALUE'],
            array_keys($parser->_viewdefs['panels'])
        );
        $this->assertFalse($parser->_viewdefs['templateMeta']['tabDefs'][Panel::LABEL . '_VALUE']['newTab']);
        $this->panel()->remove(self::FIELDS);
        (new Panel('Contacts', 'detailview', [['clv_c']], 'value'))->remove(self::FIELDS);
        $this->assertSame(self::BEFORE, $parser->_viewdefs);
    }

    public function testTheCardIsTheFirstRowOfTheFirstPanel(): void
    {
        $parser = $this->grid(self::BEFORE, [Field::NAME]);
        $this->card()->add([Field::NAME]);
        $this->assertSame(
            [[Field::NAME, '(empty)'], ['last_name', '(empty)']],
            $parser->_viewdefs['panels']['first']
        );
        $this->assertSame(1, $parser->saves);
    }

    public function testACardThatAnAdministratorMovedStaysWhereItIs(): void
    {
        $layout = ['panels' => ['first' => [['last_name', '(empty)']], 'second' => [['his_own_c', Field::NAME]]]];
        $parser = $this->grid($layout, [Field::NAME]);
        $this->card()->add([Field::NAME]);
        $this->assertSame($layout, $parser->_viewdefs);
        $this->assertSame(0, $parser->saves);
    }

    public function testTheCardLeavesNoHoleAtTheTop(): void
    {
        $parser = $this->grid(self::BEFORE, [Field::NAME]);
        $this->card()->add([Field::NAME]);
        $this->card()->remove([Field::NAME]);
        $this->assertSame(self::BEFORE, $parser->_viewdefs);
    }

    public function testAFieldThatSharesTheCardsRowStays(): void
    {
        $parser = $this->grid(['panels' => ['first' => [['his_own_c', Field::NAME]]]]);
        $this->card()->remove([Field::NAME]);
        $this->assertSame([['his_own_c', '(filler)']], $parser->_viewdefs['panels']['first']);
    }

    public function testALayoutWithoutTheCardIsNotWrittenAgain(): void
    {
        $parser = $this->grid(self::BEFORE);
        $this->card()->remove(self::FIELDS);
        $this->card()->remove([Field::NAME]);
        $this->assertSame(0, $parser->saves);
    }

    public function testACardThatSuiteCrmDoesNotKnowYetIsNotLostSilently(): void
    {
        $this->grid(self::BEFORE, []);
        $this->expectExceptionMessage('unknown: suitecrmbridge_card of Contacts');
        $this->card()->add([Field::NAME]);
    }

    private function card(): CardRow
    {
        defined('MB_DETAILVIEW') || define('MB_DETAILVIEW', 'detailview');
        return new CardRow('Contacts');
    }

    private function panel(): Panel
    {
        return new Panel('Contacts', 'detailview', self::ROWS);
    }

    private function grid(array $viewdefs, array $fields = self::FIELDS): Parser
    {
        return \ParserFactory::$parsers['Contacts detailview'] = new \GridLayoutMetaDataParser($viewdefs, $fields);
    }

    private function parser(string $view, array $viewdefs): Parser
    {
        return \ParserFactory::$parsers["Contacts $view"] = new Parser($viewdefs);
    }
}
