<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8;

use App\Extension\suitecrmbridge\DependencyInjection\CardRows;
use App\Extension\suitecrmbridge\DependencyInjection\Known;
use App\Extension\suitecrmbridge\DependencyInjection\Widgets;
use App\Extension\suitecrmbridge\Statistics\Changes;
use App\Extension\suitecrmbridge\Statistics\Segments;
use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8\StandIns\Container;

/** What stands beside a record and a list of SuiteCRM 8, whatever their layouts. */
final class WidgetsTest extends TestCase
{
    private const CONFIG = __DIR__ . '/../../../custom/extensions/suitecrmbridge/config/widgets.php';
    private const LANGUAGES = __DIR__ . '/../../../custom/Extension/application/Ext/Language/';
    private const LAYOUT = [
        'panels' => ['lbl_contact_information' => [['name']]],
        'sidebarWidgets' => [['type' => 'history-timeline'], 'of-another' => ['type' => 'chart']],
    ];

    /**
     * @runInSeparateProcess
     * @preserveGlobalState disabled
     */
    public function testWhereSuiteCrmAsksNobodyAboutWidgetsNothingIsRegistered(): void
    {
        $container = new class {
            public $registered = [];
        };
        require self::CONFIG;
        $this->assertSame([], $container->registered);
        $this->assertFalse(class_exists(Widgets::class, false));
    }

    /**
     * @runInSeparateProcess
     * @preserveGlobalState disabled
     */
    public function testWhereItAsksRecordsAndListsOfBothModulesHaveOurs(): void
    {
        require __DIR__ . '/StandIns/classes.php';
        require __DIR__ . '/StandIns/statistics.php';
        $container = new Container();
        require self::CONFIG;
        $tagged = array_keys(array_filter($container->registered, static function ($entry): bool {
            return $entry === 'view.config.mapper';
        }));
        $this->assertCount(count(Widgets::PLACES), $tagged);
        $places = array_values(array_filter($container->registered, static function ($entry): bool {
            return is_array($entry) && in_array($entry, Widgets::PLACES, true);
        }));
        $this->assertSame(Widgets::PLACES, $places);
    }

    /** @dataProvider places */
    public function testOursComesFirstAndTheLayoutStaysAsItIs(string $view, string $module): void
    {
        $widgets = $this->widgets($view, $module);
        $this->assertSame([$view, $module], [$widgets->getView(), $widgets->getModule()]);
        $mapped = $widgets->map(self::LAYOUT);
        $this->assertSame(self::LAYOUT['panels'], $mapped['panels']);
        $this->assertSame('suitecrmbridge', array_key_first($mapped['sidebarWidgets']));
        $others = array_filter($mapped['sidebarWidgets'], static function ($key): bool {
            return strpos((string) $key, 'suitecrmbridge') !== 0;
        }, ARRAY_FILTER_USE_KEY);
        $this->assertSame(self::LAYOUT['sidebarWidgets'], $others);
    }

    public function testALayoutWithoutWidgetsHasOurs(): void
    {
        $this->assertSame(['suitecrmbridge'], array_keys($this->widgets('list', 'contacts')->map([])['sidebarWidgets']));
    }

    public function testWhatIsToBeKnownFirstStandsAboveTheRecordOfWhoHasFigures(): void
    {
        $record = $this->widgets('record', 'accounts')->map(['headerWidgets' => ['of-another' => []]]);
        $this->assertSame(['suitecrmbridge', 'of-another'], array_keys($record['headerWidgets']));
        $banner = $record['headerWidgets']['suitecrmbridge'];
        $this->assertSame(Known::only(Known::ABOVE), $banner['activeOnFields']);
        $this->assertSame(['Accounts' => ['view']], $banner['acls']);
        $this->assertArrayNotHasKey('headerWidgets', $this->widgets('list', 'accounts')->map([]));
    }

    /** @dataProvider records */
    public function testNoWidgetOfARecordIsShownWithoutAFigureInIt(string $module): void
    {
        $record = $this->widgets('record', $module)->map([]);
        $shown = [];
        foreach ([$record['headerWidgets'], $record['sidebarWidgets'] ?? []] as $widgets) {
            foreach ($widgets as $widget) {
                $shown = array_merge($shown, array_keys($widget['activeOnFields']));
            }
        }
        sort($shown);
        $fields = Known::FIELDS[$module];
        sort($fields);
        $this->assertSame($fields, $shown);
    }

    public function records(): array
    {
        return [['contacts'], ['accounts'], ['cases']];
    }

    /** @dataProvider parts */
    public function testWhatAnAdministratorSwitchedOffIsLeftOut(string $view, string $module, string $part): void
    {
        $widgets = $this->widgets($view, $module, $part);
        $this->assertSame(self::LAYOUT, $widgets->map(self::LAYOUT));
        $others = implode(' ', array_diff(Parts::ALL, [$part]));
        $this->assertNotSame(self::LAYOUT, $this->widgets($view, $module, $others)->map(self::LAYOUT));
    }

    public function testWhatFailsLeavesTheViewAsItIs(): void
    {
        $widgets = $this->widgets('record', 'contacts');
        \DBManagerFactory::$off = null;
        $GLOBALS['log'] = new class {
            public $lines = [];

            public function fatal(string $line): void
            {
                $this->lines[] = $line;
            }
        };
        $this->assertSame(self::LAYOUT, $widgets->map(self::LAYOUT));
        $this->assertCount(1, $GLOBALS['log']->lines);
    }

    public function parts(): array
    {
        return [
            ['record', 'contacts', Parts::CARD],
            ['record', 'accounts', Parts::CARD],
            ['record', 'cases', Parts::CASES],
            ['list', 'contacts', Parts::SEGMENTS],
            ['list', 'accounts', Parts::SEGMENTS],
        ];
    }

    /** @dataProvider groups */
    public function testAGroupThatSaysNothingIsLeftOutUnlessSomebodyAddedToIt(array $cells, string $off, bool $isHidden): void
    {
        $panel = 'LBL_SUITECRMBRIDGE_PANEL_COMPLAINTS';
        $layout = ['panels' => [$panel => [$cells]], 'templateMeta' => ['tabDefs' => [$panel => ['newTab' => false]]]];
        $mapped = $this->widgets('record', 'accounts', $off)->map($layout);
        $logic = $mapped['templateMeta']['tabDefs'][$panel]['displayLogic']['suitecrmbridge'] ?? null;
        $this->assertSame($isHidden, $logic !== null);
        if ($isHidden) {
            $this->assertSame(['complaint_count_c', 'last_complaint_c'], array_keys($logic['params']['activeOnFields']));
            $this->assertSame($logic['params']['fieldDependencies'], array_keys($logic['params']['activeOnFields']));
            $this->assertContains('', $logic['params']['activeOnFields']['last_complaint_c']);
        }
        $this->assertSame($layout['panels'], $mapped['panels']);
    }

    public function groups(): array
    {
        $ours = [['name' => 'complaint_count_c'], ['name' => 'last_complaint_c']];
        return [
            'ours alone' => [$ours, '', true],
            'with one of theirs' => [array_merge($ours, [['name' => 'shoe_size_c']]), '', false],
            'empty' => [['(empty)'], '', false],
            'switched off' => [$ours, Parts::GROUPS, false],
        ];
    }

    public function testACaseSaysAboveItWhoseItIs(): void
    {
        $mapped = $this->widgets('record', 'cases')->map(self::LAYOUT);
        $this->assertSame(self::LAYOUT, array_intersect_key($mapped, self::LAYOUT));
        $banner = $mapped['headerWidgets']['suitecrmbridge'];
        $this->assertSame(Known::only(Known::ABOVE), $banner['activeOnFields']);
        $this->assertSame(['Cases' => ['view']], $banner['acls']);
    }

    public function testNoLineTakesTheLabelOfAText(): void
    {
        $app_strings = $app_list_strings = [];
        require self::LANGUAGES . 'en_us.suitecrmbridge.php';
        $texts = $app_strings;
        $app_strings = [];
        require self::LANGUAGES . 'en_us.suitecrmbridge_widgets.php';
        $this->assertSame([], array_intersect_key($app_strings, $texts));
    }

    /** @dataProvider places */
    public function testWhatSomebodyMayNotSeeIsNotOfferedToThem(string $view, string $module): void
    {
        $widget = $this->widgets($view, $module)->map([])['sidebarWidgets']['suitecrmbridge'];
        $this->assertSame([ucfirst($module) => [$view === 'record' ? 'view' : 'list']], $widget['acls']);
    }

    public function testAListsChartAsksForItsSegments(): void
    {
        $widget = $this->widgets('list', 'contacts')->map([])['sidebarWidgets']['suitecrmbridge'];
        $this->assertSame(Segments::KEY, $widget['options']['charts'][0]['statisticsType']);
    }

    /** @dataProvider languages */
    public function testEachHeadingIsATextOfThePackage(string $language): void
    {
        require_once __DIR__ . '/StandIns/statistics.php';
        $app_strings = [];
        $app_list_strings = [];
        $mod_strings = [];
        require self::LANGUAGES . $language . '.suitecrmbridge.php';
        $folder = __DIR__ . '/../../../custom/Extension/modules/Contacts/Ext/Language/';
        require $folder . $language . '.suitecrmbridge.php';
        $widgets = array_merge(
            $this->widgets('record', 'contacts')->map([])['sidebarWidgets'],
            $this->widgets('list', 'contacts')->map([])['sidebarWidgets']
        );
        $headings = array_column($widgets, 'labelKey');
        foreach (array_merge(CardRows::above(), CardRows::beside(), CardRows::ofCase()) as $row) {
            $headings = array_merge($headings, array_column($row['cols'], 'labelKey'));
        }
        $headings[] = 'LBL_SUITECRMBRIDGE_' . strtoupper(Changes::TEXT);
        $this->assertSame([], array_diff($headings, array_keys($app_strings + $mod_strings)));
    }

    public function places(): array
    {
        return [['record', 'contacts'], ['record', 'accounts'], ['list', 'contacts'], ['list', 'accounts']];
    }

    public function languages(): array
    {
        return [['en_us'], ['fr_FR']];
    }

    private function widgets(string $view, string $module, string $off = ''): Widgets
    {
        require_once __DIR__ . '/../Widgets/BeanFactory.php';
        \DBManagerFactory::$off = $off;
        // Each test is a request of its own, which asks anew.
        $asked = new \ReflectionProperty(Parts::class, 'off');
        $asked->setAccessible(true);
        $asked->setValue(null, null);
        require_once __DIR__ . '/StandIns/statistics.php';
        return new Widgets($view, $module);
    }
}
