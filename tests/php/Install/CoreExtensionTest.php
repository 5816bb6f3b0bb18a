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

    public function testVersion7HasNoSuchPartWhateverLiesAboveIt(): void
    {
        $this->put('extensions/suitecrmbridge/config/veto.php');
        CoreExtension::remove('./');
        $this->assertSame(['extensions/suitecrmbridge/config/veto.php'], $this->files());
    }
}
