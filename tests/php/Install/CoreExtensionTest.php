<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Install;

use SuiteCRM\Custom\SuiteCRMBridge\Install\CoreExtension;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class CoreExtensionTest extends InstallCase
{
    public function testThePartForVersion8GoesWholeAndThoseOfOthersStay(): void
    {
        $this->put('core/backend/Kernel.php');
        $this->put('extensions/suitecrmbridge/config/veto.php');
        $this->put('extensions/suitecrmbridge/DependencyInjection/Older.php');
        $this->put('extensions/defaultExt/config/extension.php');
        CoreExtension::remove('./');
        $this->assertSame(['core/backend/Kernel.php', 'extensions/defaultExt/config/extension.php'], $this->files());
        $this->assertDirectoryDoesNotExist('extensions/suitecrmbridge');
    }

    public function testWhatSuiteCrmMadeOfItGoesWithItAndPagesOnTheirWayKeepTheirs(): void
    {
        $this->put('core/backend/Kernel.php');
        $this->put('extensions/suitecrmbridge/config/veto.php');
        $this->put('cache/prod/App_KernelProdContainer.php');
        $this->put('cache/prod/App_KernelProdContainer.php.lock', '');
        $this->put('cache/prod/ContainerX/getMapperService.php');
        CoreExtension::remove('./');
        $this->assertSame([
            'cache/prod/App_KernelProdContainer.php.lock',
            'cache/prod/ContainerX/getMapperService.php',
            'core/backend/Kernel.php',
        ], $this->files());
    }

    public function testWhatSuiteCrmMadeSinceItWentStays(): void
    {
        $this->put('core/backend/Kernel.php');
        $this->put('cache/prod/App_KernelProdContainer.php');
        CoreExtension::remove('./');
        $this->assertFileExists('cache/prod/App_KernelProdContainer.php');
    }

    public function testVersion7HasNoSuchPartWhateverLiesAboveIt(): void
    {
        $this->put('extensions/suitecrmbridge/config/veto.php');
        $this->put('cache/prod/container.php');
        CoreExtension::remove('./');
        $this->assertSame(['cache/prod/container.php', 'extensions/suitecrmbridge/config/veto.php'], $this->files());
    }
}
