<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Offers\StandIns;

/** A user with preferences, as SuiteCRM keeps them in the session until they are saved. */
final class Person
{
    public $user_name = 'anna';
    public $is_group = '0';
    public $portal_only = '0';
    /** @var string */
    public $id;
    /** @var int */
    public $saves = 0;

    public function __construct(string $id, array $home = [])
    {
        $this->id = $id;
        $_SESSION['anna_PREFERENCES'] = ['Home' => $home];
        $GLOBALS['savePreferencesToDBCats'] = [];
    }

    public function getPreference(string $name, string $category = 'global')
    {
        return $_SESSION['anna_PREFERENCES'][$category][$name] ?? null;
    }

    public function setPreference(string $name, $value, int $nosession = 0, string $category = 'global'): void
    {
        if ($this->getPreference($name, $category) !== $value) {
            $GLOBALS['savePreferencesToDBCats'][$category] = true;
        }
        $_SESSION['anna_PREFERENCES'][$category][$name] = $value;
    }

    public function savePreferencesToDB(): void
    {
        if ($GLOBALS['savePreferencesToDBCats'] === []) {
            throw new \LogicException('SuiteCRM would write every preference of the session');
        }
        $this->saves++;
    }
}
