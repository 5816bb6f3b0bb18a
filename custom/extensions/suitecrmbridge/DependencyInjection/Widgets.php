<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Extension\suitecrmbridge\Statistics\Purchases;
use App\Extension\suitecrmbridge\Statistics\Segments;
use App\ViewDefinitions\LegacyHandler\ViewConfigMapperInterface;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;

/**
 * Puts the bridge's widgets first beside a record and a list, whatever layout Studio made of them.
 *
 * SuiteCRM asks when it reads a layout, so that no layout is written.
 */
final class Widgets implements ViewConfigMapperInterface
{
    /** Views and modules, as SuiteCRM 8 names them. */
    public const PLACES = [
        ['record', 'contacts'],
        ['record', 'accounts'],
        ['record', 'cases'],
        ['list', 'contacts'],
        ['list', 'accounts'],
    ];
    private const KEY = 'suitecrmbridge';
    private const PURCHASES = 'suitecrmbridge-purchases';
    private const LABEL = 'LBL_SUITECRMBRIDGE_';

    /** @var string */
    private $view;
    /** @var string */
    private $module;

    public function __construct(string $view, string $module)
    {
        $this->view = $view;
        $this->module = $module;
    }

    public function getKey(): string
    {
        return self::KEY;
    }

    public function getView(): string
    {
        return $this->view;
    }

    public function getModule(): string
    {
        return $this->module;
    }

    public function map(array $viewDefs): array
    {
        try {
            $off = Parts::off();
            $mapped = in_array($this->part(), $off, true) ? $viewDefs : $this->with($viewDefs);
            return $this->view === 'record' && !in_array(Parts::GROUPS, $off, true)
                ? EmptyGroups::hidden($mapped, ucfirst($this->module))
                : $mapped;
        } catch (\Throwable $failure) {
            // Whatever fails here must not take the view with it.
            $GLOBALS['log']->fatal('SuiteCRM Bridge: no widgets: ' . $failure);
            return $viewDefs;
        }
    }

    private function with(array $viewDefs): array
    {
        if ($this->view === 'list') {
            return self::first($viewDefs, 'sidebarWidgets', [self::KEY => $this->segments()]);
        }
        if ($this->module === 'cases') {
            $banner = $this->banner(CardRows::ofCase());
            return self::first($viewDefs, 'headerWidgets', [self::KEY => $banner]);
        }
        $beside = [self::KEY => $this->card(), self::PURCHASES => $this->purchases()];
        // What lies beside a record is shut for who shut it once, and on every phone.
        $above = [self::KEY => $this->banner(CardRows::above())];
        return self::first(self::first($viewDefs, 'sidebarWidgets', $beside), 'headerWidgets', $above);
    }

    /** Which of the parts that an administrator can switch off this is. */
    private function part(): string
    {
        if ($this->view === 'list') {
            return Parts::SEGMENTS;
        }
        return $this->module === 'cases' ? Parts::CASES : Parts::CARD;
    }

    private static function first(array $viewDefs, string $place, array $widgets): array
    {
        $viewDefs[$place] = array_merge($widgets, $viewDefs[$place] ?? []);
        return $viewDefs;
    }

    private function card(): array
    {
        return [
            'type' => 'statistics',
            'labelKey' => self::LABEL . 'PANEL',
            'modes' => ['detail'],
            'options' => ['sidebarStatistic' => ['rows' => CardRows::beside()]],
            'acls' => $this->rights('view'),
            'activeOnFields' => Known::only(Known::BESIDE),
        ];
    }

    private function banner(array $rows): array
    {
        return [
            'type' => 'banner-grid',
            'modes' => ['detail'],
            'options' => [
                'parentClass' => 'widget-bar rounded container-fluid p-0',
                'mainRowClass' => 'pl-3 pr-3 pt-2 pb-2',
                'bannerGrid' => ['rows' => $rows],
            ],
            'acls' => $this->rights('view'),
            'activeOnFields' => Known::only(Known::ABOVE),
        ];
    }

    private function purchases(): array
    {
        $chart = self::chart(Purchases::KEY, 'WIDGET_PURCHASE_MONTHS', ['height' => 240]);
        return $chart + [
            'modes' => ['detail'],
            'acls' => $this->rights('view'),
            'activeOnFields' => Known::only(Known::MONTHS),
        ];
    }

    private function segments(): array
    {
        $chart = self::chart(Segments::KEY, 'DASHLET_SEGMENTS_TITLE', ['height' => 360, 'showDataLabel' => true]);
        return $chart + ['acls' => $this->rights('list')];
    }

    private static function chart(string $statistic, string $title, array $options): array
    {
        return [
            'type' => 'chart',
            'labelKey' => self::LABEL . $title,
            'options' => [
                'toggle' => false,
                'headerTitle' => false,
                'charts' => [[
                    'chartKey' => $statistic,
                    'chartType' => 'vertical-bar',
                    'statisticsType' => $statistic,
                    'labelKey' => self::LABEL . $title,
                    // Names stand along the axis: SuiteCRM writes legends too pale.
                    'chartOptions' => $options + [
                        'xAxis' => true,
                        'rotateXAxisTicks' => true,
                        'trimXAxisTicks' => true,
                        'maxXAxisTickLength' => 24,
                        'legend' => false,
                    ],
                ]],
            ],
        ];
    }

    /** What somebody must be allowed to be shown it. */
    private function rights(string $action): array
    {
        return [ucfirst($this->module) => [$action]];
    }
}
