<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreContainer;

/**
 * SuiteCRM 8's pages wait for each other by a lock while one of them makes what all of them need.
 *
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class CoreContainerTest extends InstallCase
{
    private const LOCK = 'cache/prod/App_KernelProdContainer.php.lock';

    protected function setUp(): void
    {
        parent::setUp();
        $this->put('core/backend/Kernel.php');
    }

    protected function tearDown(): void
    {
        CoreContainer::release([$this, 'endless']);
        parent::tearDown();
    }

    public function testAPageThatIsAtItIsWaitedForSoThatItLeavesNothingBehindLater(): void
    {
        $this->put(self::LOCK, '');
        $page = $this->lockOfAPage();
        $waits = 0;
        CoreContainer::hold('./', function () use ($page, &$waits): void {
            ++$waits === 3 && flock($page, LOCK_UN);
        });
        $this->assertGreaterThan(3 + 5, $waits, 'it has to be shown, too');
        $this->assertNull($this->lockOfAPage());
    }

    public function testWhereNobodyIsAtItNothingIsWaitedFor(): void
    {
        $this->put(self::LOCK, '');
        CoreContainer::hold('./', [$this, 'endless']);
        $this->assertNull($this->lockOfAPage());
    }

    /** @dataProvider caches */
    public function testPagesWaitUntilThePackageIsThereOrGone(string ...$locks): void
    {
        foreach (array_slice($locks, 1) as $lock) {
            $this->put($lock, '');
        }
        CoreContainer::hold('./');
        $this->assertNull($this->lockOfAPage($locks[0]));
        CoreContainer::release();
        $this->assertNotNull($this->lockOfAPage($locks[0]));
    }

    public function caches(): array
    {
        $other = 'cache/qa/App_KernelQaDebugContainer.php.lock';
        return [
            'as installed' => [self::LOCK, self::LOCK],
            'of another environment' => [$other, $other],
            'of two' => [$other, self::LOCK, $other],
            'not made yet' => [self::LOCK],
        ];
    }

    public function testWhoWaitedFindsWhatAnotherPageMakesMeanwhile(): void
    {
        CoreContainer::hold('./');
        unlink(self::LOCK);
        $this->put(self::LOCK, '');
        $page = $this->lockOfAPage();
        $waits = 0;
        CoreContainer::release(function () use ($page, &$waits): void {
            ++$waits === 2 && flock($page, LOCK_UN);
        });
        $this->assertSame(2, $waits);
    }

    public function testWhoNeverEndsIsNotWaitedForForEver(): void
    {
        $GLOBALS['log'] = new class {
            public $lines = [];

            public function fatal(string $line): void
            {
                $this->lines[] = $line;
            }
        };
        $this->put(self::LOCK, '');
        $page = $this->lockOfAPage();
        CoreContainer::hold('./', static function (): void {
        });
        $this->assertIsResource($page);
        $this->assertStringContainsString('for minutes', $GLOBALS['log']->lines[0]);
    }

    public function testVersion7HasNoneWhateverLiesAboveIt(): void
    {
        unlink('core/backend/Kernel.php');
        CoreContainer::hold('./');
        $this->assertSame([], $this->files());
    }

    public function endless(): void
    {
        throw new \LogicException('nobody is to be waited for here');
    }

    /** @return resource|null null while somebody else has it */
    private function lockOfAPage(string $path = self::LOCK)
    {
        $lock = fopen($path, 'w+');
        return flock($lock, LOCK_EX | LOCK_NB) ? $lock : null;
    }
}
