<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Room;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class RoomTest extends InstallCase
{
    private const TREE = __DIR__ . '/../../../custom';
    private const MARIADB = [['version' => '10.11.19-MariaDB']];
    private const REBUILD = 'ALTER TABLE contacts_cstm FORCE';

    public function testATableThatIsToTakeColumnsIsBuiltAnewInMariaDbWhichCountsThoseThatWereDropped(): void
    {
        $this->database->rows = self::MARIADB;
        $this->database->columns = ['contacts_cstm' => ['id_c']];
        Room::make(self::TREE);

        self::assertContains(self::REBUILD, $this->database->statements);
    }

    /** @dataProvider othersThatNeedNone */
    public function testNoTableIsBuiltAnewWithoutNeed(string $version, string $type, array $columns): void
    {
        $this->database->rows = [['version' => $version]];
        $this->database->dbType = $type;
        $this->database->columns = ['contacts_cstm' => $columns];
        Room::make(self::TREE);

        self::assertNotContains(self::REBUILD, $this->database->statements);
    }

    public function othersThatNeedNone(): array
    {
        $all = array_keys(Catalogue::FIELDS['Contacts']);
        return [
            'MySQL counts none' => ['8.4.3', 'mysql', ['id_c']],
            'another database' => ['16.0', 'mssql', ['id_c']],
            'every column is there' => ['10.11.19-MariaDB', 'mysql', $all],
        ];
    }

    public function testATableThatSuiteCrmHasYetToMakeIsLeftToIt(): void
    {
        $this->database->rows = self::MARIADB;
        Room::make(self::TREE);

        self::assertSame(['SELECT VERSION() AS version'], $this->database->statements);
    }

    /** @dataProvider languages */
    public function testWhereTheColumnsDoNotFitInstallingIsRefusedBeforeAnythingIsChanged(string $language, string $said): void
    {
        $GLOBALS['current_language'] = $language;
        $this->database->rows = self::MARIADB;
        $this->database->columns = ['contacts_cstm' => ['id_c'], 'cases_cstm' => ['id_c']];
        $this->database->refused = 'ALTER TABLE suitecrmbridge_room ADD COLUMN ';
        try {
            Room::make(self::TREE);
            self::fail('It is installed');
        } catch (\RuntimeException $refusal) {
            self::assertStringContainsString($said, $refusal->getMessage());
            self::assertStringContainsString('MySQL error 1118', $refusal->getMessage());
        }
        self::assertSame('DROP TABLE suitecrmbridge_room', end($this->database->statements));
        self::assertNotContains(self::REBUILD, $this->database->statements);
    }

    public function languages(): array
    {
        return [
            ['en_us', 'the table contacts_cstm has no room for ' . count(Catalogue::FIELDS['Contacts']) . ' more columns'],
            ['fr_FR', 'la table contacts_cstm n&#039;a plus de place pour'],
        ];
    }

    public function testEachColumnIsTriedUnderTheNameAndTypeThatSuiteCrmGivesIt(): void
    {
        $this->database->columns = ['cases_cstm' => ['id_c']];
        Room::make(self::TREE);
        $tried = $this->database->statements[2];

        self::assertStringStartsWith('ALTER TABLE suitecrmbridge_room ADD COLUMN ', $tried);
        self::assertStringContainsString('ADD COLUMN aos_products_id_c char(36)', $tried);
        self::assertStringNotContainsString('complaint_product_c', $tried);
    }

    public function testAServerThatLetsNoTableBeCopiedIsTriedWithoutIt(): void
    {
        $this->database->columns = ['contacts_cstm' => ['id_c']];
        $this->database->refused = 'CREATE TABLE';
        Room::make(self::TREE);

        self::assertStringNotContainsString('ADD COLUMN', implode($this->database->statements));
    }
}
