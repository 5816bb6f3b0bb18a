<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Limits;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Sheet;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Writable;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

final class SheetTest extends ApiCase
{
    private const COLUMNS = ['id', 'rfm_segment_c', 'rfm_recency_c'];

    public function testARowIsKeptByItsIdInTheFormOfTheDatabase(): void
    {
        $sheet = self::read(['rfm_recency_c', 'id'], [[5, 'a'], [null, '12']]);
        $this->assertSame(['rfm_recency_c'], $sheet->columns);
        $this->assertSame(['a' => ['rfm_recency_c' => '5'], '12' => ['rfm_recency_c' => null]], $sheet->rows);
    }

    public function testOnlyTheBridgesOwnFieldsMayBeWritten(): void
    {
        foreach (['last_name', 'wallet_estimate_c', 'deleted', 'zorg'] as $name) {
            $this->assertRefused('unknown_column', 'columns[1]', static function () use ($name) {
                self::read(['id', $name], [['a', 'x']]);
            });
        }
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

    /** @dataProvider wrong */
    public function testAWrongSheetIsRefusedWithThePlace(string $reason, string $where, array $columns, array $rows): void
    {
        $this->assertRefused($reason, $where, static function () use ($columns, $rows) {
            self::read($columns, $rows);
        });
    }

    public function wrong(): array
    {
        return [
            'no id' => ['invalid_request', 'columns', ['rfm_recency_c'], []],
            'only the id' => ['invalid_request', 'columns', ['id'], []],
            'a column twice' => ['invalid_request', 'columns[2]', ['id', 'rfm_recency_c', 'rfm_recency_c'], []],
            'a column that is no text' => ['invalid_request', 'columns[1]', ['id', 7], []],
            'a short row' => ['invalid_request', 'rows[1]', self::COLUMNS, [['a', null, 1], ['b', null]]],
            'a row by name' => ['invalid_request', 'rows[0]', ['id', 'clv_c'], [['id' => 'a', 'clv_c' => 1]]],
            'an id twice' => ['invalid_request', 'rows[1].id', self::COLUMNS, [['a', null, 1], ['a', null, 2]]],
            'a line end in an id' => ['invalid_value', 'rows[0].id', self::COLUMNS, [["a\nb", null, 1]]],
            'a huge score' => ['invalid_value', 'rows[0].rfm_recency_c', self::COLUMNS, [['a', 'lost', 1000000000]]],
            'too many rows' => ['too_many_rows', 'rows', self::COLUMNS, array_fill(0, Limits::SCORES + 1, [])],
        ];
    }

    private static function read(array $columns, array $rows): Sheet
    {
        return Sheet::read(['columns' => $columns, 'rows' => $rows], 'Contacts', Writable::columns('Contacts'));
    }
}
