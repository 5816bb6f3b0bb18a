<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\Renaming;
use SuiteCRM\Custom\SuiteCRMBridge\Reports;
use SuiteCRM\Custom\SuiteCRMBridge\RoutesFile;
use SuiteCRM\Custom\SuiteCRMBridge\Runs;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Watch;
use SuiteCRM\Custom\SuiteCRMBridge\Workflows;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The administration page as HTML. */
final class Page
{
    private const STYLE = '<style>
        .suitecrmbridge { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 20px;
            padding: 10px 0; max-width: 1200px; }
        .suitecrmbridge-card { flex: 1 1 420px; background: #fff; border: 1px solid #d8d8d8;
            border-radius: 4px; padding: 10px 20px 20px; }
        .suitecrmbridge-card h3 { margin: 5px 0 12px; padding: 0; }
        .suitecrmbridge-card h4 { margin: 16px 0 5px; padding: 0; font-size: inherit; font-weight: bold; }
        .suitecrmbridge-facts { width: 100%; border-collapse: collapse; }
        .suitecrmbridge-facts th { width: 42%; font-weight: normal; color: #666; }
        .suitecrmbridge-facts th, .suitecrmbridge-facts td { padding: 6px 8px 6px 0; text-align: left;
            vertical-align: top; border-bottom: 1px solid #eee; overflow-wrap: anywhere; }
        .suitecrmbridge-good { color: #1a7f4b; } .suitecrmbridge-bad { color: #b3261e; }
        .suitecrmbridge-help { color: #666; margin: 10px 0; }
        .suitecrmbridge-card a { color: inherit; text-decoration: underline; }
        .suitecrmbridge-workflow { margin: 12px 0 0; }
        .suitecrmbridge-notice { flex: 1 1 100%; margin: 0; padding: 10px 15px; border-radius: 4px;
            background: #fff; border: 1px solid currentColor; }
    ';

    public static function draw(): string
    {
        return self::STYLE . ProgrammesTable::STYLE . FieldsTable::STYLE . '</style><div class="suitecrmbridge">' . self::notice()
            . self::package() . self::platform() . self::run() . self::programmes() . self::card() . self::offers() . self::names() . self::workflows() . '</div>';
    }

    private static function notice(): string
    {
        $notice = Notice::take();
        return $notice === null ? '' : '<p class="suitecrmbridge-notice '
            . ($notice['good'] ? 'suitecrmbridge-good' : 'suitecrmbridge-bad') . '" role="status">'
            . Html::text($notice['text']) . '</p>';
    }

    private static function package(): string
    {
        return Html::card(Texts::get('page_package'), Html::facts([
            Texts::get('page_version') => Html::text(Catalogue::VERSION),
            Texts::get('page_bridge') => Versions::draw(Runs::last()['figures']['bridge_version'] ?? null),
            Texts::get('page_fingerprint') => Html::text(Catalogue::FINGERPRINT),
            Texts::get('page_routes') => self::routes(),
            Texts::get('page_fields') => self::fields(),
        ]) . Html::help(Texts::get('page_repair_help')) . Html::button(Actions::REPAIR, Texts::get('page_repair')));
    }

    private static function platform(): string
    {
        return Html::card(Texts::get('page_platform'), PlatformTable::draw());
    }

    private static function routes(): string
    {
        $missing = Status::missingClasses();
        if ($missing !== []) {
            return Html::state(false, Texts::get('page_files_missing', ['files' => implode(', ', $missing)]));
        }
        $good = Status::areRoutesRegistered();
        return Html::state($good, $good
            ? Texts::get('page_routes_fine')
            : Texts::get('page_routes_missing', ['path' => RoutesFile::PATH]));
    }

    private static function fields(): string
    {
        $missing = Status::missingFields();
        return Html::state($missing === [], $missing === []
            ? Texts::get('page_fields_fine', ['count' => Status::countFields()])
            : Texts::get('page_fields_missing', ['fields' => implode(', ', $missing)]));
    }

    private static function run(): string
    {
        $now = \TimeDate::getInstance()->nowDb();
        return Html::card(Texts::get('page_last_run'), RunTable::draw(Runs::last(), $now)
            . WatchSwitch::draw(Watch::isOn(), Watch::lastLook(), $now));
    }

    private static function workflows(): string
    {
        return Html::card(Texts::get('page_workflows'), WorkflowTable::draw(Workflows::shipped())
            . WorkflowTable::reports(Reports::shipped()));
    }

    private static function programmes(): string
    {
        $table = ProgrammesTable::draw(Programmes::told(), Programmes::wishes());
        return Html::card(Texts::get('page_programmes'), $table, 'suitecrmbridge-wide');
    }

    /** SuiteCRM 8 before 8.9 has no place for the card. */
    private static function card(): string
    {
        return Parts::here() === [] ? '' : Html::card(Texts::get('page_card'), CardParts::draw(Parts::off()));
    }

    private static function offers(): string
    {
        $table = OffersTable::draw(OffersTable::states());
        return Html::card(Texts::get('offers'), $table, 'suitecrmbridge-wide');
    }

    private static function names(): string
    {
        $isOn = Renaming::isOn();
        return Html::card(
            Texts::get('page_names'),
            '<p>' . Html::text(Texts::get($isOn ? 'page_names_on' : 'page_names_off')) . '</p>'
            . Html::help(Texts::get('page_names_help'))
            . ($isOn
                ? Html::button(Actions::NAMES_OFF, Texts::get('page_names_turn_off'))
                : Html::button(Actions::NAMES_ON, Texts::get('page_names_turn_on')))
        );
    }
}
