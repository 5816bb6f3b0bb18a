<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Columns;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Keyset;

final class SelectTest extends ApiCase
{
    private const FIELDS = [
        'id' => ['type' => 'id'],
        'last_name' => ['type' => 'varchar', 'source' => 'db'],
        'rank_c' => ['type' => 'int', 'source' => 'custom_fields'],
        'email1' => ['type' => 'varchar', 'source' => 'non-db'],
        'email_opt_out' => ['type' => 'bool', 'source' => 'non-db'],
        'invalid_email' => ['type' => 'bool', 'source' => 'non-db'],
        'account_id' => ['type' => 'relate', 'source' => 'non-db'],
        'account_name' => ['type' => 'relate', 'source' => 'non-db', 'id_name' => 'account_id'],
        'product_c' => ['type' => 'relate', 'source' => 'non-db', 'id_name' => 'product_id_c'],
        'product_id_c' => ['type' => 'id', 'source' => 'custom_fields'],
        'code' => ['type' => 'password'],
    ];

    public function testAPageIsOneSelectInTheDatabasesOwnOrderOfIds(): void
    {
        $sql = Keyset::select('t', Keyset::head('t', 't.date_modified'), ['a' => 't.a'], '', ['t.deleted = 0', "t.id > 'x'"], 10);
        $this->assertSame(
            'SELECT t.id, t.deleted, t.date_modified, t.a AS c0 FROM t'
            . " WHERE t.deleted = 0 AND t.id > 'x' ORDER BY t.id LIMIT 11",
            $sql
        );
    }

    public function testACustomFieldNeedsTheJoinAndAStoredOneDoesNot(): void
    {
        $columns = self::columns();
        $this->assertSame('', $columns->join($columns->expressions(['last_name'])));
        $this->assertSame(
            'LEFT JOIN contacts_cstm ON contacts_cstm.id_c = contacts.id',
            $columns->join($columns->expressions(['last_name', 'rank_c']))
        );
    }

    public function testAnEmailAddressAndAnAccountAreScalarsSoThatNoRecordComesTwice(): void
    {
        foreach (self::columns()->expressions(['email1', 'account_id']) as $expression) {
            $this->assertMatchesRegularExpression('/\A\(SELECT .* LIMIT 1\)\z/', $expression);
        }
    }

    public function testWhatIsSaidOfAnEmailAddressIsThatOfThePrimaryOne(): void
    {
        $expressions = self::columns()->expressions(['email_opt_out', 'invalid_email']);
        $this->assertStringContainsString('(SELECT email_addresses.opt_out FROM email_addr_bean_rel', $expressions['email_opt_out']);
        $this->assertStringContainsString('SELECT email_addresses.invalid_email FROM', $expressions['invalid_email']);
        $this->assertStringContainsString("bean_id = contacts.id AND email_addr_bean_rel.bean_module = 'Contacts'", $expressions['email_opt_out']);
    }

    public function testTheIdBesideACustomRelateFieldIsStored(): void
    {
        $expressions = self::columns()->expressions(['product_id_c']);
        $this->assertSame(['product_id_c' => 'contacts_cstm.product_id_c'], $expressions);
    }

    public function testWhereDateModifiedIsEmptyAnotherColumnTellsWhenARowChanged(): void
    {
        $this->assertSame('contacts.date_modified', self::columns()->changed('date_modified'));
        $this->assertSame('COALESCE(contacts.date_modified, contacts.sent)', self::columns()->changed('sent'));
    }

    /** @dataProvider unknown */
    public function testAColumnThatIsNotStoredOrIsSecretIsUnknown(string $name): void
    {
        $this->assertRefused('unknown_column', 'columns[1]', static function () use ($name) {
            self::columns()->expressions(['last_name', $name]);
        });
    }

    public function unknown(): array
    {
        return [['zorg'], ['account_name'], ['product_c'], ['code'], ['last_name FROM users --'], ['']];
    }

    private static function columns(): Columns
    {
        return new Columns('Contacts', 'contacts', self::FIELDS);
    }
}
