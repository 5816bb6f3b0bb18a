<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Lists\FilterNote;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;

/**
 * @runClassInSeparateProcess
 * @preserveGlobalState disabled
 */
final class FilterNoteTest extends DashletCase
{
    private const TAB = ['searchFormTab' => 'advanced_search'];

    protected function setUp(): void
    {
        parent::setUp();
        require_once __DIR__ . '/StandIns/classes.php';
        Store::clear();
        Bean::$definitions = [
            'rfm_segment_c' => ['type' => 'enum', 'vname' => 'Segment:', 'options' => 'suitecrmbridge_segment'],
            'sla_breached_c' => ['type' => 'bool', 'vname' => 'Target missed'],
            'aos_products_id_c' => ['type' => 'id', 'vname' => 'Product (ID)'],
            'complaint_product_c' => ['type' => 'relate', 'vname' => 'Product'],
            'last_name' => ['type' => 'varchar', 'vname' => 'Last name'],
        ];
    }

    protected function tearDown(): void
    {
        Bean::$definitions = [];
        parent::tearDown();
    }

    public function testItSaysInWordsByWhatAListIsFiltered(): void
    {
        $note = FilterNote::draw('Contacts', self::TAB + [
            'rfm_segment_c_advanced' => ['at_risk', 'champions'],
            'last_name_advanced' => 'O&#039;Brien',
            'first_name_advanced' => '',
            'rfm_segment_c_basic' => ['lost'],
        ]);

        self::assertStringContainsString(
            "This list is filtered by Segment: At risk, Champions · Last name: O'Brien.",
            html_entity_decode(strip_tags($note), ENT_QUOTES)
        );
        self::assertStringContainsString('clear_query=true', $note);
    }

    public function testABoxIsNamedAndAnIdIsNot(): void
    {
        $note = FilterNote::draw('Cases', self::TAB + [
            'sla_breached_c_advanced' => '1',
            'complaint_product_c_advanced' => '<b>Chair',
            'aos_products_id_c_advanced' => '9000',
        ]);

        self::assertStringContainsString('filtered by Target missed · Product: &lt;b&gt;Chair.', $note);
        self::assertStringNotContainsString('9000', $note);
    }

    /** @dataProvider others */
    public function testAListWithoutTheFieldsOfThePackageIsLeftAsItIs(string $module, array $request): void
    {
        self::assertSame('', FilterNote::draw($module, $request));
    }

    public function others(): array
    {
        return [
            'another field' => ['Contacts', self::TAB + ['last_name_advanced' => 'Smith']],
            'no search' => ['Contacts', ['rfm_segment_c_advanced' => ['at_risk']]],
            'another tab' => ['Contacts', self::TAB + ['rfm_segment_c_basic' => ['at_risk']]],
            'nothing chosen' => ['Contacts', self::TAB + ['rfm_segment_c_advanced' => ['']]],
            'another module' => ['Leads', self::TAB + ['rfm_segment_c_advanced' => ['at_risk']]],
            'nonsense' => ['Contacts', ['searchFormTab' => ['x'], 'rfm_segment_c_advanced' => [['x']]]],
        ];
    }
}
