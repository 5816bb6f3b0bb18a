<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Values;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;

final class ValuesTest extends ApiCase
{
    private const SCORE = ['type' => 'int', 'min' => 1, 'max' => 5];
    private const MONEY = ['type' => 'decimal', 'digits' => 6, 'scale' => 2];
    private const NAME = ['type' => 'varchar', 'length' => 5];

    /** @dataProvider stored */
    public function testAValueTakesTheFormInWhichTheDatabaseKeepsIt(array $field, $value, ?string $stored): void
    {
        $this->assertSame($stored, Values::stored($field, $value, 'x'));
    }

    public function stored(): array
    {
        return [
            'nothing' => [self::SCORE, null, null],
            'score' => [self::SCORE, 5, '5'],
            'whole amount' => [self::MONEY, 12, '12.00'],
            'amount' => [self::MONEY, -12.5, '-12.50'],
            'sum of floats' => [self::MONEY, 0.1 + 0.2, '0.30'],
            'minus nothing' => [self::MONEY, -0.0, '0.00'],
            'largest amount' => [self::MONEY, 9999.99, '9999.99'],
            'true' => [['type' => 'bool'], true, '1'],
            'false' => [['type' => 'bool'], false, '0'],
            'leap day' => [['type' => 'date'], '2024-02-29', '2024-02-29'],
            'moment' => [['type' => 'datetime'], '2026-11-21 23:59:59', '2026-11-21 23:59:59'],
            'accents count as one' => [self::NAME, 'éàüöç', 'éàüöç'],
            'long text' => [['type' => 'text'], "O'Brien & <Fils>", "O'Brien & <Fils>"],
        ];
    }

    /** @dataProvider wrong */
    public function testAValueThatTheCatalogueDoesNotAllowIsRefused(array $field, $value): void
    {
        $this->assertRefused('invalid_value', 'x', static function () use ($field, $value) {
            Values::stored($field, $value, 'x');
        });
    }

    public function wrong(): array
    {
        return [
            'score above the highest' => [self::SCORE, 6],
            'score below the lowest' => [self::SCORE, 0],
            'huge score' => [self::SCORE, 1e9],
            'emoji' => [self::NAME, 'a 🎁'],
            'broken UTF-8' => [self::NAME, "a\xff"],
            'score as text' => [self::SCORE, '5'],
            'score as float' => [self::SCORE, 5.0],
            'score as boolean' => [self::SCORE, true],
            'integer beyond the column' => [['type' => 'int'], 2147483648],
            'amount with too many digits' => [self::MONEY, 10000],
            'amount with too many decimals' => [self::MONEY, 1.005],
            'amount as text' => [self::MONEY, '1.00'],
            'amount below the lowest' => [['type' => 'decimal', 'digits' => 5, 'scale' => 4, 'min' => 0], -0.1],
            'amount one beyond the digits of a float' => [['type' => 'decimal', 'digits' => 18, 'scale' => 2], 1e16],
            'boolean as number' => [['type' => 'bool'], 1],
            'day that does not exist' => [['type' => 'date'], '2026-02-29'],
            'day with a line end' => [['type' => 'date'], "2026-02-28\n"],
            'hour that does not exist' => [['type' => 'datetime'], '2026-11-21 24:00:00'],
            'moment without seconds' => [['type' => 'datetime'], '2026-11-21 23:00'],
            'text that is too long' => [self::NAME, 'abcdef'],
            'text that is a list' => [self::NAME, ['a']],
            'key of no dropdown' => [['type' => 'enum', 'dropdown' => 'segment'], 'zorg'],
            'empty key' => [['type' => 'enum', 'dropdown' => 'segment'], ''],
        ];
    }

    public function testEveryKeyOfEveryDropdownIsAllowed(): void
    {
        foreach (Catalogue::DROPDOWNS as $dropdown => $keys) {
            foreach ($keys as $key) {
                $this->assertSame($key, Values::stored(['type' => 'enum', 'dropdown' => $dropdown], $key, 'x'));
            }
        }
    }

    /** An import gives records any id that fits into the column. */
    public function testAnIdMayHaveAnyCharacterThatShows(): void
    {
        foreach (["a'b", 'a b', 'C.001', 'Müller-0001', '../1', '%', str_repeat('é', 36)] as $id) {
            $this->assertSame($id, Values::id($id, 'id'));
        }
    }

    /** @dataProvider badIds */
    public function testAnIdWithControlCharactersOrOfAnotherLengthIsRefused($id): void
    {
        $this->assertRefused('invalid_value', 'id', static function () use ($id) {
            Values::id($id, 'id');
        });
    }

    public function badIds(): array
    {
        return [[''], [str_repeat('é', 37)], ["a\n"], ["a\0b"], ["\x7F"], ["\xE9"], [7], [null], [['a']]];
    }
}
