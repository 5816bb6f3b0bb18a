<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;

final class NamesTest extends TestCase
{
    private const CUSTOMER_FIELDS = [
        Names::SEGMENT,
        Names::RECENCY,
        Names::FREQUENCY,
        Names::REASON,
        Names::STANDING,
        Names::PURCHASES,
        Names::LIFETIME_VALUE,
        Names::ACTION_REASON,
        Names::ACTION,
        Names::VALUE_AT_STAKE,
    ];
    private const CASE_FIELDS = [Names::COMPLAINT, Names::COMPLAINT_PRODUCT, Names::CUSTOMER_SEGMENT];

    public function testCustomersHaveEveryFieldThatDashletsShow(): void
    {
        foreach (self::CUSTOMER_FIELDS as $field) {
            self::assertSame(['Contacts', 'Accounts'], Names::modulesWith($field), $field);
        }
    }

    public function testCasesHaveEveryFieldThatDashletsShow(): void
    {
        foreach (self::CASE_FIELDS as $field) {
            self::assertSame(['Cases'], Names::modulesWith($field), $field);
        }
    }

    public function testTheSegmentsToWatchAreInTheCatalogue(): void
    {
        self::assertSame(['champions', 'loyal'], Names::segments(Names::BEST));
        self::assertSame(['at_risk'], Names::segments(Names::ENDANGERED));
    }

    /** @dataProvider words */
    public function testWhatDashletsAskForAreWordsOfTheDropdowns(string $field, array $words): void
    {
        self::assertNotSame([], $words);
        self::assertSame([], array_diff($words, Catalogue::DROPDOWNS[Names::dropdown($field)]));
    }

    public static function words(): array
    {
        return [
            'who leaves' => [Names::STANDING, Catalogue::LEAVING],
            'who is to be called' => [Names::ACTION, Catalogue::TO_CALL],
        ];
    }
}
