<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Limits;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Sheet;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Writable;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

final class SheetTest extends ApiCase
{
    public function testARowIsKeptByItsIdInTheFormOfTheDatabase(): void
    {
        $sheet = self::read(['rfm_recency_c', 'id'], [[5, 'a'], [null, '12']]);
        $this->assertSame(['rfm_recency_c'], $sheet->columns);
        $this->assertSame(['a' => ['rfm_recency_c' => '5'], '12' => ['rfm_recency_c' => null]], $sheet->rows);
    }

    public function testNoFieldThatPeopleFillInIsWritable(): void
    {
        foreach (Catalogue::FIELDS as $module => $fields) {
            foreach (array_keys(Writable::columns($module)) as $name) {
                $this->assertSame('bridge', $fields[$name]['writer']);
            }
        }
        $this->assertSame([], Writable::columns('Users'));
    }

    public function testMoreRowsThanTheLimitAreRefused(): void
    {
        $this->assertRefused('too_many_rows', 'rows', static function () {
            self::read(['id', 'rfm_recency_c'], array_fill(0, Limits::SCORES + 1, []));
        });
    }

    private static function read(array $columns, array $rows): Sheet
    {
        return Sheet::read(['columns' => $columns, 'rows' => $rows], 'Contacts', Writable::columns('Contacts'));
    }
}
