<?php

// Says how long the customer card takes, by the clock, on a SuiteCRM 7 with the package: as the web server's user,
//
//     php tests/live/card_time.php /path/to/suitecrm [contacts=300]
//
// The record itself is read before the clock starts, as SuiteCRM does before it draws any field.

[, $folder, $count] = $argv + [1 => '', 2 => '300'];
if (!is_file("$folder/include/entryPoint.php")) {
    fwrite(STDERR, "php card_time.php /path/to/suitecrm [contacts]\n");
    exit(2);
}
require __DIR__ . '/entered.php';

$found = $database->limitQuery('SELECT contacts.id AS id FROM contacts INNER JOIN contacts_cstm ON id_c = contacts.id'
    . ' WHERE deleted = 0 AND scored_at_c IS NOT NULL ORDER BY md5(contacts.id)', 0, (int) $count);
$ids = [];
while ($row = $database->fetchByAssoc($found)) {
    $ids[] = $row['id'];
}
$times = [];
foreach ($ids as $id) {
    $contact = BeanFactory::getBean('Contacts', $id);
    $began = hrtime(true);
    $html = suitecrmbridge_card($contact, 'suitecrmbridge_card', '', 'DetailView');
    $times[] = (hrtime(true) - $began) / 1e6;
    if (strpos($html, 'scrmb-card') === false) {
        fwrite(STDERR, "$id has no card\n");
        exit(1);
    }
}
$first = $times[0] ?? 0;
sort($times);
$at = static function (float $share) use ($times): float {
    return $times[(int) min(count($times) - 1, floor($share * count($times)))] ?? 0;
};
printf("%d cards, ms: first %.1f, median %.1f, 95 %% %.1f, longest %.1f\n", count($times), $first, $at(.5), $at(.95), $at(1));
