<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Api\ScorePlan;

final class ScorePlanTest extends TestCase
{
    private const LOST = ['rfm_segment_c' => 'lost', 'rfm_recency_c' => '1', 'bridge_own_row' => 'x'];

    public function testOnlyAChangedSegmentIsAnnounced(): void
    {
        $plan = $this->plan([
            'a' => ['rfm_segment_c' => 'champions', 'rfm_recency_c' => '1'],
            'b' => ['rfm_segment_c' => 'lost', 'rfm_recency_c' => '2'],
            'c' => ['rfm_segment_c' => 'lost', 'rfm_recency_c' => '1'],
        ], ['a' => self::LOST, 'b' => self::LOST, 'c' => self::LOST]);
        $this->assertSame(['a'], array_keys($plan->announced));
        $this->assertSame(['b'], array_keys($plan->bulk));
        $this->assertSame(['c'], $plan->unchanged);
    }

    public function testAFirstLoadAnnouncesNothing(): void
    {
        $plan = $this->plan(['a' => ['rfm_segment_c' => 'champions']], ['a' => self::LOST], false);
        $this->assertSame([[], ['a']], [$plan->announced, array_keys($plan->bulk)]);
    }

    public function testARecordThatIsNotThereIsUnknown(): void
    {
        $this->assertSame(['a'], $this->plan(['a' => ['rfm_segment_c' => 'lost']], [])->unknown);
    }

    public function testWithoutASegmentNothingMoves(): void
    {
        $plan = $this->plan(['a' => ['rfm_recency_c' => '5']], ['a' => self::LOST]);
        $this->assertSame(['a'], array_keys($plan->bulk));
    }

    /** @dataProvider emptied */
    public function testAnEmptyTextIsAsGoodAsNone(?string $wanted, ?string $stored): void
    {
        $plan = $this->plan(['a' => ['rfm_segment_c' => $wanted]], ['a' => ['rfm_segment_c' => $stored]]);
        $this->assertSame(['a'], $plan->unchanged);
    }

    public function emptied(): array
    {
        return [[null, ''], ['', null], [null, null]];
    }

    public function testIdsThatLookLikeNumbersStayTexts(): void
    {
        $wanted = ['12' => ['rfm_recency_c' => '1'], '7' => ['rfm_recency_c' => '2']];
        $plan = $this->plan($wanted, ['12' => self::LOST]);
        $this->assertSame([['12'], ['7']], [$plan->unchanged, $plan->unknown]);
    }

    public function testARecordWithoutCustomFieldsIsToldOnlyWhereItIsWritten(): void
    {
        $none = ['rfm_recency_c' => null, 'bridge_own_row' => null];
        $wanted = ['a' => ['rfm_recency_c' => '1'], 'b' => ['rfm_recency_c' => null]];
        $this->assertSame(['a'], $this->plan($wanted, ['a' => $none, 'b' => $none])->missing);
    }

    private function plan(array $wanted, array $stored, bool $notify = true): ScorePlan
    {
        return new ScorePlan($wanted, $stored, $notify);
    }
}
