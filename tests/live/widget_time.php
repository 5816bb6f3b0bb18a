<?php

// Says how long the answers of SuiteCRM 8's widgets take, by the clock, on one with the package: as the web server's user,
//
//     php tests/live/widget_time.php /path/to/suitecrm/public/legacy [records=300]
//
// SuiteCRM reads a record for each of them, and counts a list; that is told apart from what the package does.

use SuiteCRM\Custom\SuiteCRMBridge\Widgets\CardLines;
use SuiteCRM\Custom\SuiteCRMBridge\Widgets\SegmentCounts;

[, $folder, $count] = $argv + [1 => '', 2 => '300'];
if (!is_file("$folder/include/entryPoint.php")) {
    fwrite(STDERR, "php widget_time.php /path/to/suitecrm/public/legacy [records]\n");
    exit(2);
}
require __DIR__ . '/entered.php';

$times = [];
$timed = static function (string $what, callable $work) use (&$times) {
    $began = hrtime(true);
    $work();
    $times[$what][] = (hrtime(true) - $began) / 1e6;
};
foreach (['Contacts' => 'contacts', 'Accounts' => 'accounts', 'Cases' => 'cases'] as $module => $table) {
    $found = $database->limitQuery("SELECT id FROM $table WHERE deleted = 0 ORDER BY md5(id)", 0, (int) $count);
    while ($row = $database->fetchByAssoc($found)) {
        $id = $row['id'];
        $timed("reading one of $module", static function () use ($module, $id): void {
            BeanFactory::getBean($module, $id);
        });
        $timed("card of $module", static function () use ($module, $id): void {
            CardLines::of($module, $id);
        });
        if ($module === 'Cases') {
            continue;
        }
        $timed("purchases of $module", static function () use ($module, $id): void {
            CardLines::months($module, $id);
        });
        $timed("changes of $module", static function () use ($module, $id): void {
            CardLines::haveChanges($module, $id);
        });
    }
}
for ($turn = 0; $turn < 30; $turn++) {
    $timed('segments of all contacts', static function (): void {
        SegmentCounts::of('Contacts', true, 'is_null', 'is_null');
    });
}
foreach ($times as $what => $all) {
    $first = $all[0];
    sort($all);
    printf(
        "%s: %d, ms: first %.1f, median %.1f, 95 %% %.1f, longest %.1f\n",
        $what,
        count($all),
        $first,
        $all[intdiv(count($all), 2)],
        $all[(int) ceil(0.95 * count($all)) - 1],
        end($all)
    );
}
