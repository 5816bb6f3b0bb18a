<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;

/** The link to the bridge's page among those of the administrator. */
final class LinkTest extends TestCase
{
    private const FILE = __DIR__ . '/../../../custom/Extension/modules/Administration'
        . '/Ext/Administration/suitecrmbridge.php';

    /** @dataProvider icons */
    public function testItHasTheIconThatThisSuiteCrmHasForRepair(array $groups, string $icon): void
    {
        $admin_group_header = $groups;
        require self::FILE;
        $this->assertSame($icon, end($admin_group_header)[3]['Administration']['suitecrmbridge'][4]);
    }

    public static function icons(): array
    {
        $users = ['LBL_USERS_TITLE', '', false, ['Users' => ['user_management' => ['Users', '', '', '', 'user']]]];
        $repair = static function (string $icon): array {
            $links = ['repair' => ['Repair', '', '', '', $icon], 'import' => ['Import', '', '', '', 'import']];
            return ['LBL_ADMINISTRATION_HOME_TITLE', '', false, ['Administration' => $links]];
        };
        return [
            '7' => [[$users, $repair('repair')], 'repair'],
            '8' => [[$users, $repair('admin-repair')], 'admin-repair'],
            'without' => [[$users, ['LBL_OTHER']], 'repair'],
            'nothing' => [[], 'repair'],
        ];
    }
}
