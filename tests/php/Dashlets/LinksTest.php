<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ListColumns;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin\FolderCase;

/** Where the figures of dashlets lead. */
final class LinksTest extends FolderCase
{
    private const LIST = 'index.php?module=Contacts&action=index&query=true&searchFormTab=advanced_search';

    protected function tearDown(): void
    {
        unset($GLOBALS['app_list_strings']['case_status_dom']);
        parent::tearDown();
    }

    public function testAListOfWordsGoesWithoutAPlaceBetweenItsBrackets(): void
    {
        self::assertSame(
            self::LIST . '&rfm_segment_c_advanced%5B%5D=loyal&rfm_segment_c_advanced%5B%5D=lost',
            (new Links('Contacts'))->records(['rfm_segment_c' => ['loyal', 'lost']])
        );
    }

    public function testSuiteCrmEightIsToldSeveralWordsBehindCommas(): void
    {
        mkdir('include/portability', 0775, true);

        self::assertSame(
            self::LIST . '&rfm_segment_c_advanced%5B%5D=loyal%2Clost&rfm_recency_c_advanced=5',
            (new Links('Contacts'))->records(['rfm_segment_c' => ['loyal', 'lost'], 'rfm_recency_c' => 5])
        );
    }

    public function testWhatIsOnesOwnLeadsToWhatIsOnesOwn(): void
    {
        self::assertSame(
            self::LIST . '&rfm_recency_c_advanced=5&assigned_user_id_advanced%5B%5D=u%201',
            (new Links('Contacts', 'u 1'))->records(['rfm_recency_c' => 5])
        );
    }

    public function testSuiteCrmEightTakesNobodyWhoseIdOnlyBeginsLikeTheUsers(): void
    {
        mkdir('include/portability', 0775, true);

        self::assertSame(self::LIST . '&assigned_user_id_advanced%5B%5D=1%2C1', (new Links('Contacts', '1'))->records([]));
    }

    public function testABoxIsAskedForInTheWordsOfEachVersion(): void
    {
        $links = new Links('Contacts');
        $seven = $links->records(['review_flag_c' => true]);
        mkdir('include/portability', 0775, true);

        self::assertSame(self::LIST . '&review_flag_c_advanced=1', $seven);
        self::assertSame(self::LIST . '&review_flag_c_advanced=true', $links->records(['review_flag_c' => true]));
    }

    public function testNoWordsAtAllAskForNothing(): void
    {
        self::assertSame(self::LIST, (new Links('Contacts'))->records(['rfm_segment_c' => []]));
    }

    public function testTheListShowsByWhatItIsFilteredBehindTheName(): void
    {
        $this->columns('', ['NAME' => true, 'TITLE' => true, 'PHONE' => false, 'RFM_SEGMENT_C' => false]);

        self::assertSame('NAME|RFM_SEGMENT_C|TITLE', ListColumns::with('Contacts', ['rfm_segment_c']));
        self::assertStringEndsWith(
            '&displayColumns=NAME%7CRFM_SEGMENT_C%7CTITLE',
            (new Links('Contacts'))->records(['rfm_segment_c' => ['lost']])
        );
    }

    public function testAnAdministratorsColumnsCountBeforeSuiteCrmsOwn(): void
    {
        $this->columns('', ['NAME' => true, 'RFM_SEGMENT_C' => false]);
        $this->columns('custom/', ['LAST_NAME' => true, 'RFM_SEGMENT_C' => false]);

        self::assertSame('LAST_NAME|RFM_SEGMENT_C', ListColumns::with('Contacts', ['rfm_segment_c']));
    }

    public function testAListThatShowsTheColumnAnywayIsLeftAsItIs(): void
    {
        $this->columns('', ['NAME' => true, 'RFM_SEGMENT_C' => true]);

        self::assertSame('', ListColumns::with('Contacts', ['rfm_segment_c']));
    }

    public function testAColumnThatTheListDoesNotHaveIsNotAskedFor(): void
    {
        $this->columns('', ['NAME' => true]);

        self::assertSame('', ListColumns::with('Contacts', ['rfm_segment_c']));
    }

    public function testComplaintsPastTheirTargetAreOpenComplaints(): void
    {
        $GLOBALS['app_list_strings']['case_status_dom'] = ['Open_New' => 'New', 'Closed_Duplicate' => 'Twice'];

        self::assertStringEndsWith(
            '&complaint_c_advanced=1&status_advanced%5B%5D=Open_New&state_advanced%5B%5D=Open&sla_breached_c_advanced=1',
            $this->complaints()->late()
        );
    }

    public function testComplaintsOfAMonthLeaveOutWhatIsNotCounted(): void
    {
        $GLOBALS['app_list_strings']['case_status_dom'] = ['' => '', 'Open_New' => 'New', 'Closed_Duplicate' => 'Twice'];

        self::assertStringEndsWith(
            '&complaint_c_advanced=1&status_advanced%5B%5D=Open_New'
            . '&date_entered_advanced_range_choice=between'
            . '&start_range_date_entered_advanced=11%2F01%2F2026&end_range_date_entered_advanced=11%2F30%2F2026',
            $this->complaints()->between('11/01/2026', '11/30/2026')
        );
    }

    public function testAProductIsFoundByItsIdAndNamedInTheForm(): void
    {
        self::assertStringEndsWith(
            '&complaint_product_c_advanced=Lamp%20%26%20co&aos_products_id_c_advanced=p1',
            $this->complaints()->openOf('p1', 'Lamp & co')
        );
        self::assertSame('index.php?module=AOS_Products&action=DetailView&record=p1', $this->complaints()->product('p1'));
    }

    /** @dataProvider linesThatAreNoProduct */
    public function testALineThatIsNoProductLeadsNowhere(string $key): void
    {
        $links = $this->complaints();

        self::assertSame(['', '', ''], [
            $links->product($key),
            $links->openOf($key, 'x'),
            $links->ofBetween($key, 'x', 'a', 'b'),
        ]);
    }

    public static function linesThatAreNoProduct(): array
    {
        return ['none given' => [''], 'deleted' => ['?'], 'others' => ['*']];
    }

    private function complaints(): ComplaintLinks
    {
        return new ComplaintLinks(new Links('Cases'), new Links('AOS_Products'));
    }

    /** @param array<string, bool> $shown whether each column is usual */
    private function columns(string $folder, array $shown): void
    {
        $defs = array_map(static function (bool $default): array {
            return ['default' => $default];
        }, $shown);
        $source = sprintf('<?php $listViewDefs["Contacts"] = %s;', var_export($defs, true));
        $this->put("{$folder}modules/Contacts/metadata/listviewdefs.php", $source);
    }
}
