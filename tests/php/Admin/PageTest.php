<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Admin;

use PHPUnit\Framework\TestCase;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Notice;

final class PageTest extends TestCase
{
    protected function setUp(): void
    {
        $GLOBALS['_SESSION'] = [];
    }

    public function testEveryTextIsEscaped(): void
    {
        $nasty = '<script>"&\'';
        $pieces = Html::card($nasty, '') . Html::state(false, $nasty) . Html::help($nasty)
            . Html::button($nasty, $nasty) . Html::facts([$nasty => '']);
        $this->assertStringNotContainsString('<script', $pieces);
        $this->assertStringNotContainsString('"&\'', $pieces);
    }

    public function testOnlyTheTokenOfThisSessionIsValid(): void
    {
        $this->assertFalse(Form::isValid(''));
        $token = Form::token();
        $this->assertTrue(Form::isValid($token));
        $this->assertFalse(Form::isValid($token . 'x'));
        $this->assertFalse(Form::isValid([$token]));
        $this->assertFalse(Form::isValid(null));
        $GLOBALS['_SESSION'] = [];
        $this->assertFalse(Form::isValid($token));
    }

    public function testANoticeIsShownOnce(): void
    {
        Notice::leave('Done.', true);
        $this->assertSame(['text' => 'Done.', 'good' => true], Notice::take());
        $this->assertNull(Notice::take());
    }
}
