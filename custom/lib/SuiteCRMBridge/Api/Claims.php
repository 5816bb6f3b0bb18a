<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

use SuiteCRM\Custom\SuiteCRMBridge\Marks;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** POST claims: which bridge writes here, and what it left. */
final class Claims implements Route
{
    private const MARK = '/\A[0-9a-f]{32}\z/';

    public function answer(Request $request, Output $output): void
    {
        Access::checkCustomers();
        $given = $request->object(['bridge', 'state'], ['take_over']);
        $takeOver = array_key_exists('take_over', $given) ? $given['take_over'] : false;
        if (!is_bool($takeOver)) {
            throw new Refusal('bad_parameter', ['name' => 'take_over'], 'take_over');
        }
        $bridge = self::mark($given['bridge'], 'bridge');
        if (!Marks::claim($bridge, self::mark($given['state'], 'state'), $takeOver)) {
            throw new Refusal('other_bridge');
        }
        $output->writeJson(Marks::all());
    }

    /**
     * Refuse another bridge than the one that writes here.
     *
     * @param mixed $bridge
     */
    public static function checkBridge($bridge): void
    {
        $holder = Marks::all()['bridge'];
        if (self::mark($bridge, 'bridge') !== ($holder ?? $bridge)) {
            throw new Refusal('other_bridge');
        }
    }

    /** @param mixed $value */
    public static function mark($value, string $where): string
    {
        if (!is_string($value) || !preg_match(self::MARK, $value)) {
            throw new Refusal('bad_mark', ['name' => $where], $where);
        }
        return $value;
    }
}
