<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Card\CustomerCard;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Days;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Figures;

final class CustomerCardTest extends CardCase
{
    private const MARK = 'day ';

    public function testTheSegmentHasItsWordItsColourAndItsPlaceOnTheMap(): void
    {
        $segment = $this->card(self::LOYAL)['segment'];

        self::assertSame(['loyal', 'Loyal', '#3fa66b', [4, 5]], [
            $segment['key'], $segment['label'], $segment['colour'], $segment['cell'],
        ]);
        self::assertSame('12 purchases, the last one 7 days ago', $segment['why']);
    }

    public function testWhoNeverBoughtHasNoPlaceOnTheMapAndNoPurchases(): void
    {
        $card = $this->card(self::PROSPECT);

        self::assertNull($card['segment']['cell']);
        self::assertSame('No purchase so far', $card['segment']['why']);
        self::assertArrayNotHasKey('purchases', $card);
    }

    public function testAnActionHasItsReasonAndWhetherItIsLate(): void
    {
        $action = $this->card(self::LEAVING)['action'];

        self::assertSame(['Call now', self::MARK . '2026-11-20', true], [$action['label'], $action['due'], $action['late']]);
        self::assertStringContainsString('$800 is at stake', $action['why']);
        self::assertFalse($this->card(self::LOYAL)['action']['late']);
    }

    public function testWhatTheBridgeTellsMakesTheSentenceWhole(): void
    {
        $told = ['rule' => 'leaving', 'expected' => '2026-05-02', 'kept' => '1000.00'];

        self::assertSame(
            'Last purchase on day 2026-03-27, the next was expected by day 2026-05-02.'
            . ' Call in person and ask what is wrong: $800 of $1,000 a year is at stake.',
            $this->card(self::LEAVING, $told)['action']['why']
        );
    }

    public function testARuleOfAnotherActionIsNotBelieved(): void
    {
        self::assertStringContainsString('Buys often', $this->card(self::LOYAL, ['rule' => 'leaving'])['action']['why']);
    }

    public function testOfARuleThatThePackageDoesNotKnowNoOtherRulesSentenceIsSaid(): void
    {
        self::assertSame('', $this->card(self::LOYAL, ['rule' => 'our_own'])['action']['why']);
        self::assertStringContainsString('$800 is at stake', $this->card(self::LEAVING, ['rule' => 'our_own'])['action']['why']);
    }

    public function testOneWhoReadsFrenchReadsFrenchWhateverIsStored(): void
    {
        $this->speak('fr_FR');
        $card = $this->card(self::LOYAL + ['next_action_reason_c' => 'Buys often', 'rfm_reason_c' => 'Loyal: …']);

        self::assertSame('Fidèles', $card['segment']['label']);
        self::assertSame('12 achats, le dernier il y a 7 jours', $card['segment']['why']);
        self::assertStringStartsWith('Achète souvent', $card['action']['why']);
        self::assertStringNotContainsString('Buys', json_encode($card));
    }

    /** @dataProvider rules */
    public function testTheFiguresTellWhichRuleGaveTheAction(array $row, string $start): void
    {
        self::assertStringStartsWith($start, $this->card($row)['action']['why']);
    }

    public function rules(): array
    {
        return [
            [['next_action_c' => 'develop'] + self::PROSPECT, 'No purchase so far. Find out'],
            [['next_action_c' => 'develop', 'rfm_segment_c' => 'promising'] + self::LOYAL, 'Still a customer, last purchase'],
            [['next_action_c' => 'welcome', 'lifecycle_c' => 'new'] + self::LOYAL, 'New, last purchase'],
            [['next_action_c' => 'welcome', 'lifecycle_c' => 'won_back'] + self::LOYAL, 'Back since'],
            [['next_action_c' => 'call_now', 'satisfaction_c' => '20.00'] + self::LOYAL, 'Still a customer, but dissatisfied'],
            [['next_action_c' => 'review', 'review_flag_c' => '1'] + self::LOYAL, 'Look at this relationship'],
            [['next_action_c' => 'leave_alone', 'value_at_stake_c' => '3.00'] + self::LEAVING, 'No personal contact now'],
            [['next_action_c' => 'offer', 'next_offer_c' => 'Lamp', 'rfm_segment_c' => 'promising'] + self::LOYAL,
                'Still a customer, last purchase on day 2026-11-20. Offer: Lamp.'],
            // Whether a complaint is a serious one, no figure says.
            [['next_action_c' => 'apologise', 'complaint_open_c' => '1'] + self::LOYAL, 'A complaint is open. Settle it first'],
        ];
    }

    public function testWhereNoRuleFitsNoReasonIsBetterThanAWrongOne(): void
    {
        self::assertSame('', $this->card(['next_action_c' => 'offer'] + self::PROSPECT)['action']['why']);
    }

    public function testWhatIsNotKnownIsLeftOut(): void
    {
        self::assertSame(
            ['segment', 'action', 'value', 'purchases', 'as_of'],
            array_keys($this->card(self::LOYAL))
        );
        self::assertSame(['segment', 'action', 'as_of'], array_keys($this->card(self::PROSPECT)));
    }

    /** @dataProvider stakes */
    public function testAStakeThatIsNotWorthAnAttemptIsNotShown(?string $stake, bool $isShown): void
    {
        self::assertSame($isShown, isset($this->card(['value_at_stake_c' => $stake] + self::LOYAL)['stake']));
    }

    public function stakes(): array
    {
        return [[null, false], ['0.00', false], ['24.99', false], ['25.00', true]];
    }

    public function testAnOpenComplaintIsCountedAndAPastOneIsToldAsPast(): void
    {
        $open = ['complaint_count_c' => '3', 'complaint_open_c' => '1', 'last_complaint_c' => '2026-11-01'] + self::LOYAL;
        $past = ['complaint_open_c' => '0'] + $open;

        self::assertSame(
            ['open' => 1, 'count' => 3, 'text' => '1 open complaint', 'last' => 'Latest on day 2026-11-01'],
            array_slice($this->card($open)['complaints'], 1)
        );
        self::assertSame('None open, 3 in the past', $this->card($past)['complaints']['text']);
    }

    /** @dataProvider satisfactions */
    public function testSatisfactionIsSaidInAWordToo(string $points, string $level, string $text): void
    {
        $found = $this->card(['satisfaction_c' => $points] + self::LOYAL)['satisfaction'];

        self::assertSame([$level, $text], [$found['level'], $found['text']]);
    }

    public function satisfactions(): array
    {
        return [
            ['0.00', 'low', 'Dissatisfied: 0 of 100'],
            ['50.00', 'middle', 'Fair: 50 of 100'],
            ['75.00', 'high', 'Satisfied: 75 of 100'],
        ];
    }

    public function testANextPurchaseThatDidNotComeIsLate(): void
    {
        $late = $this->card(self::LEAVING)['purchases'];

        self::assertTrue($late['late']);
        self::assertSame('Next was expected around day 2026-05-10', $late['next']);
        self::assertSame('Last on day 2026-03-27 (8 months ago)', $late['last']);
        self::assertFalse($this->card(self::LOYAL)['purchases']['late']);
    }

    public function testAPurchaseThatIsExpectedInSomeYearsIsNotSpokenOf(): void
    {
        $next = function (string $day): string {
            return $this->card(['next_purchase_c' => $day] + self::LOYAL)['purchases']['next'];
        };

        self::assertSame('Next expected around day 2027-11-27', $next('2027-11-27'));
        self::assertSame('', $next('2027-11-28'));
    }

    public function testAProgrammeHasItsNameInTheReadersLanguageAndElseItsKey(): void
    {
        $this->speak('fr_FR');
        $row = ['programme_c' => 'win_back', 'programme_since_c' => '2026-11-02'] + self::LOYAL;
        $told = [['key' => 'win_back', 'label' => ['en' => 'Win back', 'fr' => 'Reconquête']]];

        self::assertSame('Reconquête', $this->card($row, [], $told)['programme']['label']);
        self::assertSame('depuis le day 2026-11-02', $this->card($row, [], $told)['programme']['since']);
        self::assertSame('win_back', $this->card($row)['programme']['label']);
    }

    public function testFlagsThatAreTickedAreNamed(): void
    {
        $row = ['fraud_c' => '1', 'do_not_call' => '1'] + self::LOYAL;

        self::assertSame(['fraud', 'do_not_call'], array_column($this->card($row)['flags']['all'], 'key'));
    }

    public function testOneWhoObjectsToProfilingHasThatSaidAndNothingElse(): void
    {
        $row = ['no_profiling_c' => '1'] + array_fill_keys(array_keys(self::LOYAL), null);

        self::assertSame(['flags'], array_keys($this->card($row)));
    }

    public function testARecordThatWasNeverScoredHasNoCard(): void
    {
        $none = array_fill_keys(array_keys(self::LOYAL), null);

        self::assertNull($this->card($none));
        self::assertNull($this->card(['do_not_call' => '1'] + $none));
    }

    public function testWhoMayNotViewTheRecordSeesNoCard(): void
    {
        $bean = new CardBean(self::LOYAL);
        self::assertNotNull(Figures::of($bean));
        $bean->mayView = false;
        self::assertNull(Figures::of($bean));
        self::assertNull(CustomerCard::of($bean, Days::read(self::TODAY)));
    }

    public function testARecordThatWasNotReadFromTheDatabaseHasNoCard(): void
    {
        $bean = new CardBean(self::LOYAL);
        $bean->fetched_row = false;
        self::assertNull(CustomerCard::of($bean, Days::read(self::TODAY)));
    }

    /** @dataProvider unseen */
    public function testAFieldThatIsHiddenOrWasDeletedIsAsGoodAsEmpty(?array $definition): void
    {
        $bean = new CardBean(self::LOYAL);
        unset($bean->field_defs['clv_c']);
        if ($definition !== null) {
            $bean->field_defs['clv_c'] = $definition;
        }
        self::assertArrayNotHasKey('value', CustomerCard::from(Figures::of($bean), Days::read(self::TODAY)));
    }

    public function unseen(): array
    {
        return [[null], [['hidden' => true]]];
    }

    public function testSinceWhenTheSegmentIsWhatItIsAndWhatItWasBefore(): void
    {
        $this->speak('fr_FR');
        $changes = [
            ['what' => 'action', 'since' => '2026-11-20', 'value' => 'thank'],
            ['what' => 'segment', 'since' => '2026-11-02', 'value' => 'loyal'],
            ['what' => 'segment', 'since' => '2026-01-15', 'value' => 'champions'],
        ];

        self::assertSame(
            "Depuis le day 2026-11-02\u{a0}; avant\u{a0}: Champions",
            $this->card(self::LOYAL, ['changes' => $changes])['segment']['before']
        );
    }

    /** @dataProvider beginnings */
    public function testWhereNoOtherSegmentIsKnownNothingIsSaidOfIt(array $changes): void
    {
        self::assertSame('', $this->card(self::LOYAL, ['changes' => $changes])['segment']['before']);
    }

    public function beginnings(): array
    {
        $loyal = ['what' => 'segment', 'since' => '2026-11-02', 'value' => 'loyal'];
        $other = ['what' => 'segment', 'since' => '2026-11-10', 'value' => 'lost'];
        return [[[]], [[$loyal]], [[$other, $loyal]]];
    }

    public function testMonthsAreAmountsByMonth(): void
    {
        $months = $this->card(self::LOYAL, ['months' => '2025-12,1250' . str_repeat(',0', 10) . ',-500'])['purchases']['months'];

        self::assertSame(['2025-12', '2026-11'], [array_key_first($months), array_key_last($months)]);
        self::assertSame([12.5, 0.0, -5.0], [$months['2025-12'], (float) $months['2026-01'], (float) $months['2026-11']]);
    }

    /** @dataProvider noMonths */
    public function testWhatAreNoMonthsAreNone($told): void
    {
        self::assertSame([], $this->card(self::LOYAL, ['months' => $told])['purchases']['months']);
    }

    public function noMonths(): array
    {
        return [[null], [''], ['2025-12,1,2'], ["2025-12" . str_repeat(',0', 13)], [[1]]];
    }

    public function testTextsAreAsTheyAreStoredNotAsSuiteCrmEscapesThem(): void
    {
        $figures = Figures::of(new CardBean(['next_offer_c' => 'O&#039;Brien &lt;b&gt; &quot;x&quot; & Co']));

        self::assertSame('O\'Brien <b> "x" & Co', $figures->text('next_offer_c'));
    }
}
