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

    public function testWhatSuiteCrmMadeOfItGoesWithIt(): void
    {
        $this->put('core/backend/Kernel.php');
        $this->put('cache/prod/ContainerX/App_KernelProdContainer.php');
        $this->put('cache/.htaccess');
        CoreExtension::remove('./');
        $this->assertSame(['cache/.htaccess', 'core/backend/Kernel.php'], $this->files());
        $this->assertDirectoryDoesNotExist('cache/prod');
    }

    public function testVersion7HasNoSuchPartWhateverLiesAboveIt(): void
    {
        $this->put('extensions/suitecrmbridge/config/veto.php');
        $this->put('cache/prod/container.php');
        CoreExtension::remove('./');
        $this->assertSame(['cache/prod/container.php', 'extensions/suitecrmbridge/config/veto.php'], $this->files());
    }
}
