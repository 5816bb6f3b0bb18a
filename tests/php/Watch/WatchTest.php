<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Watch;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Watch\StandIns\Tables;
use SuiteCRM\Custom\SuiteCRMBridge\Watch;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class WatchTest extends TestCase
{
    private const FRAGMENT = __DIR__ . '/../../../custom/Extension/modules/Schedulers/Ext/ScheduledTasks/suitecrmbridge.php';
    private const ADDRESS = 'index.php?module=Administration&action=suitecrmbridge';

    /** @var Tables */
    private $tables;
    /** @var string */
    private $home;

    protected function setUp(): void
    {
        require_once __DIR__ . '/StandIns/classes.php';
        $this->tables = \DBManagerFactory::$database = new Tables();
        $this->tables->rows['users'] = [
            self::user('1', 1),
            self::user('anna', 1, 'fr_FR'),
            self::user('bob', 0),
            ['status' => 'Inactive'] + self::user('eve', 1),
        ];
        $GLOBALS['sugar_config'] = ['default_language' => 'en_us', 'languages' => ['en_us' => '', 'fr_FR' => '']];
        $GLOBALS['current_language'] = 'en_us';
        $this->home = getcwd();
        chdir(__DIR__ . '/../../..');
        Watch::install();
    }

    protected function tearDown(): void
    {
        chdir($this->home);
    }

    public function testInstallingMakesOneActiveHourlyEntry(): void
    {
        Watch::install();
        $this->assertSame(
            ['function::suitecrmbridge_watch', '17::*::*::*::*', 'Active'],
            [$this->entry()['job'], $this->entry()['job_interval'], $this->entry()['status']]
        );
        $this->assertCount(1, $this->tables->rows['schedulers']);
        $this->assertTrue(Watch::isOn());
    }

    public function testTheFunctionThatTheEntryNamesIsInTheFragmentAndSaysThatItWentWell(): void
    {
        $job_strings = ['theirs'];
        require self::FRAGMENT;
        require self::FRAGMENT;
        $this->assertContains(Watch::TASK, $job_strings);
        $this->assertTrue((Watch::TASK)());
    }

    public function testAnEntryThatSomebodyDeletedDoesNotComeBackUntilItIsTurnedOn(): void
    {
        $this->tables->rows['schedulers'][0]['deleted'] = 1;
        Watch::install();
        $this->assertFalse(Watch::isOn());
        Watch::turn(true);
        $this->assertTrue(Watch::isOn());
        $this->assertCount(1, $this->tables->rows['schedulers']);
    }

    public function testAnEntryThatRebuildingSchedulersTookAwayComesBackWithARepair(): void
    {
        $this->tables->rows['schedulers'] = [];
        $this->assertFalse(Watch::isOn());
        Watch::install();
        $this->assertTrue(Watch::isOn());
    }

    public function testAsLongAsSyncsHappenNobodyIsWarned(): void
    {
        $this->ran('2026-03-09 02:16:00');
        $this->look('2026-03-11 02:15:59');
        $this->assertSame([], $this->tables->rows['alerts']);
    }

    public function testAfterTwoDaysEachActiveAdministratorIsWarnedOnceInTheirLanguage(): void
    {
        $this->ran('2026-03-09 02:16:00');
        $this->look('2026-03-11 02:16:00');
        $this->look('2026-03-11 03:16:00');
        $alerts = array_column($this->tables->rows['alerts'], null, 'assigned_user_id');
        $this->assertSame(['1', 'anna'], array_map('strval', array_keys($alerts)));
        $this->assertSame('SuiteCRM Bridge: no sync for 2 days', $alerts['1']['name']);
        $this->assertStringContainsString('aucune synchronisation depuis 2 jours', $alerts['anna']['name']);
        $this->assertStringContainsString('doctor', $alerts['1']['description']);
        $this->assertSame(self::ADDRESS, $alerts['1']['url_redirect']);
    }

    public function testWhoHasReadItIsToldAgainAfterAWeekAndHasOneNotificationAtATime(): void
    {
        $this->ran('2026-03-09 02:16:00');
        $this->look('2026-03-11 02:16:00');
        $this->tables->rows['alerts'][0]['is_read'] = 1;
        $this->look('2026-03-18 02:15:00');
        $this->assertSame(1, $this->tables->rows['alerts'][0]['is_read']);
        $this->look('2026-03-18 02:16:00');
        $this->assertCount(2, $this->tables->rows['alerts']);
        $this->assertSame([0, 0], array_column($this->tables->rows['alerts'], 'is_read'));
        $this->assertStringContainsString('9 days', $this->tables->rows['alerts'][0]['name']);
    }

    public function testTheNextSyncTakesTheWarningBackAndNobodyElses(): void
    {
        $this->ran('2026-03-09 02:16:00');
        $this->tables->rows['alerts'][] = ['url_redirect' => 'index.php?module=Calls', 'assigned_user_id' => '1'];
        $this->look('2026-03-12 02:16:00');
        $this->ran('2026-03-12 03:00:00');
        $this->look('2026-03-12 03:17:00');
        $this->assertSame(['index.php?module=Calls'], array_column($this->tables->rows['alerts'], 'url_redirect'));
    }

    public function testWhereNoSyncEverCameTimeCountsFromTheInstallation(): void
    {
        $this->look('2026-03-11 09:59:00');
        $this->assertSame([], $this->tables->rows['alerts']);
        $this->look('2026-03-12 10:00:00');
        $this->assertStringContainsString('installed 3 days ago', $this->tables->rows['alerts'][0]['name']);
    }

    public function testTurningItOffTakesTheWarningBack(): void
    {
        $this->look('2026-03-20 10:00:00');
        Watch::turn(false);
        $this->assertFalse(Watch::isOn());
        $this->assertSame([], $this->tables->rows['alerts']);
    }

    public function testUninstallingLeavesNeitherEntryNorJobNorNotification(): void
    {
        $this->look('2026-03-20 10:00:00');
        $this->tables->rows['job_queue'] = [['target' => 'function::suitecrmbridge_watch'], ['target' => 'theirs']];
        $this->tables->rows['schedulers'][] = ['job' => 'function::theirs', 'deleted' => 0];
        Watch::remove();
        $this->assertSame(['function::theirs'], array_column($this->tables->rows['schedulers'], 'job'));
        $this->assertSame(['theirs'], array_column($this->tables->rows['job_queue'], 'target'));
        $this->assertSame([], $this->tables->rows['alerts']);
    }

    private function entry(): array
    {
        return $this->tables->rows['schedulers'][0];
    }

    private function look(string $now): void
    {
        \TimeDate::$now = $now;
        Watch::look();
    }

    private function ran(string $finished): void
    {
        $runs = json_encode([['finished_at' => $finished, 'result' => 'done', 'figures' => []]]);
        $this->tables->rows['config'] = [['category' => 'suitecrmbridge', 'name' => 'runs', 'value' => $runs]];
    }

    private static function user(string $id, int $isAdmin, string $language = ''): array
    {
        return ['id' => $id, 'is_admin' => $isAdmin, 'deleted' => 0, 'status' => 'Active',
            'contents' => base64_encode(serialize(['language' => $language]))];
    }
}
