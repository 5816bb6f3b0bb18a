<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Api;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Api\Refusal;

abstract class ApiCase extends TestCase
{
    protected function assertRefused(string $reason, string $where, callable $request): void
    {
        try {
            $request();
        } catch (Refusal $refusal) {
            $this->assertSame([$reason, $where], [$refusal->reason(), $refusal->where()]);
            return;
        }
        $this->fail("Nothing was refused, though $reason at $where was expected");
    }
}
