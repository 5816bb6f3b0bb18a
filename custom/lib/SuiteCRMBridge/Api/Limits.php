<?php
// Made by scripts/generate.py from the catalogue; do not edit.

namespace SuiteCRM\Custom\SuiteCRMBridge\Api;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** Most rows of a request and bytes of an answer; bytes of a text, characters of figures. */
final class Limits
{
    public const RECORDS = 20000;
    public const LINKS = 50000;
    public const SCORES = 5000;
    public const ANNOUNCED = 50;
    public const MEMBERS = 5000;
    public const PROGRAMMES = 200;
    public const CARDS = 2000;
    public const LISTS = 500;
    public const BYTES = 8388608;
    public const TEXT = 65535;
    public const FIGURES = 4000;
    public const FIGURE = 60;

    /** Those that `ping` tells. */
    public const ALL = [
        'records' => 20000,
        'links' => 50000,
        'scores' => 5000,
        'announced' => 50,
        'members' => 5000,
        'programmes' => 200,
        'cards' => 2000,
        'lists' => 500,
        'bytes' => 8388608,
    ];
}
