<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Extension\suitecrmbridge\DependencyInjection\CardRows;
use App\Extension\suitecrmbridge\Statistics\Changes;
use App\Extension\suitecrmbridge\Statistics\CustomerCard;
use PHPUnit\Framework\TestCase;

/** How a card's lines lie in SuiteCRM 8's own widgets. */
final class CardRowsTest extends TestCase
{
    private const LANGUAGES = __DIR__ . '/../../../custom/Extension/application/Ext/Language/';

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/statistics.php';
    }

    /** @dataProvider cards */
    public function testACardAsksOnceAndLeavesOutWhatIsEmpty(string $place): void
    {
        $rows = CardRows::$place();
        $asked = array_merge(...array_map(static function (array $row): array {
            return array_column($row['cols'], 'statistic');
        }, $rows));
        $this->assertSame([CustomerCard::KEY], array_values(array_diff($asked, [Changes::KEY])));
        foreach (array_slice($rows, 1) as $row) {
            // A row asks for its line, or each of its columns for its own.
            $asking = isset($row['activeOnFields']) ? [$row] : $row['cols'];
            $this->assertCount(count($asking), array_column($asking, 'activeOnFields'));
        }
    }

    public function testALinkLeadsFromBesideTheRecordToWhatChangedWhen(): void
    {
        $rows = CardRows::beside();
        $link = end($rows);
        $this->assertSame([Changes::KEY], array_column($link['cols'], 'statistic'));
        $this->assertSame([Changes::KEY], array_keys($link['activeOnFields']));
    }

    public function testALinkIsWrittenDarkEnoughToBeRead(): void
    {
        $rows = CardRows::beside();
        $link = end($rows);
        // Bootstrap's own words for it: a link in the text of a light bar.
        $this->assertStringContainsString('navbar-light', $link['class']);
        $this->assertStringContainsString('navbar-text', $link['cols'][0]['class']);
    }

    public function testEveryLineThatThereMayBeIsShown(): void
    {
        $app_strings = [];
        require self::LANGUAGES . 'en_us.suitecrmbridge_widgets.php';
        $texts = [];
        foreach (array_merge(CardRows::above(), CardRows::beside(), CardRows::ofCase()) as $row) {
            foreach (array_column($row['cols'], 'dynamicLabel') as $label) {
                $texts[] = $app_strings[$label];
            }
        }
        $wanted = [];
        foreach (CustomerCard::LINES as $line) {
            $wanted[] = '{{fields.' . $line . '.value}}';
        }
        sort($wanted);
        $texts = array_unique($texts);
        sort($texts);
        $this->assertSame($wanted, $texts);
    }

    public function cards(): array
    {
        return [['above'], ['beside'], ['ofCase']];
    }
}
