<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Figures;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Groups;

final class GroupsTest extends CardCase
{
    private const ALL = ['purchases', 'value', 'complaints', 'satisfaction', 'relation', 'programme'];

    /** @dataProvider customers */
    public function testAGroupWithoutAFigureIsEmpty(array $row, array $empty): void
    {
        self::assertSame($empty, array_keys(Groups::empty('Contacts', Figures::of(new CardBean($row)))));
    }

    public function customers(): array
    {
        return [
            [self::LOYAL, ['complaints', 'satisfaction', 'relation', 'programme']],
            [['complaint_open_c' => '1', 'satisfaction_c' => '10', 'programme_c' => 'welcome',
                'engagement_c' => '40'] + self::LOYAL, []],
            [array_fill_keys(array_keys(self::LOYAL), null), self::ALL],
            [self::PROSPECT, self::ALL],
        ];
    }

    public function testAPanelIsHiddenOnlyWhileNoOtherFieldStandsInIt(): void
    {
        self::assertSame(
            '<style>.panel:has(>[data-id="LBL_SUITECRMBRIDGE_PANEL_VALUE"])'
            . ':not(:has([field]:not([field="clv_c"],[field="profit_c"]))){display:none!important}</style>',
            Groups::hidden(['value' => ['clv_c', 'profit_c']])
        );
        self::assertSame('', Groups::hidden([]));
    }

    public function testAFieldThatTheBridgeHasNotFilledIsHiddenAndOneThatPeopleFillIsNot(): void
    {
        $asked = ['next_offer_c' => '', 'review_flag_c' => '0', 'fraud_c' => '0', 'no_profiling_c' => '0',
            'wallet_estimate_c' => null, 'complaint_open_c' => '0'];

        $silent = Groups::silent('Contacts', Figures::of(new CardBean($asked + self::LOYAL)));

        self::assertSame(['next_offer_c', 'review_flag_c'], array_values(array_intersect(array_keys($asked), $silent)));
        self::assertStringStartsWith(
            '<style>.detail-view-row-item:is([data-field="next_offer_c"],[data-field="margin_c"]){display:none!important}',
            Groups::hidden([], ['next_offer_c', 'margin_c'])
        );
    }

    public function testAModuleWithoutGroupsHasNone(): void
    {
        self::assertSame([], Groups::empty('Cases', Figures::of(new CardBean(self::LOYAL))));
    }
}
