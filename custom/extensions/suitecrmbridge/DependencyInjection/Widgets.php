<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Extension\suitecrmbridge\Statistics\Segments;
use App\ViewDefinitions\LegacyHandler\ViewConfigMapperInterface;

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
        ['list', 'contacts'],
        ['list', 'accounts'],
    ];
    private const KEY = 'suitecrmbridge';
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
        if ($this->view === 'list') {
            return self::first($viewDefs, 'sidebarWidgets', $this->segments());
        }
        // A phone shows what lies beside a record only when asked to.
        return self::first(
            self::first($viewDefs, 'sidebarWidgets', $this->card()),
            'headerWidgets',
            $this->shortCard()
        );
    }

    private static function first(array $viewDefs, string $place, array $widget): array
    {
        $viewDefs[$place] = array_merge([self::KEY => $widget], $viewDefs[$place] ?? []);
        return $viewDefs;
    }

    private function card(): array
    {
        return [
            'type' => 'statistics',
            'labelKey' => self::LABEL . 'PANEL',
            'modes' => ['detail'],
            'options' => ['sidebarStatistic' => ['rows' => CardRows::whole()]],
            'acls' => $this->rights('view'),
        ];
    }

    private function shortCard(): array
    {
        return [
            'type' => 'banner-grid',
            'modes' => ['detail'],
            'options' => [
                'parentClass' => 'd-lg-none widget-bar rounded container-fluid p-0 mb-2',
                'mainRowClass' => 'pl-3 pr-3 pb-2',
                'bannerGrid' => ['rows' => CardRows::short()],
            ],
            'acls' => $this->rights('view'),
        ];
    }

    private function segments(): array
    {
        return [
            'type' => 'chart',
            'labelKey' => self::LABEL . 'DASHLET_SEGMENTS_TITLE',
            'options' => [
                'toggle' => false,
                'headerTitle' => false,
                'charts' => [[
                    'chartKey' => Segments::KEY,
                    'chartType' => 'vertical-bar',
                    'statisticsType' => Segments::KEY,
                    'labelKey' => self::LABEL . 'DASHLET_SEGMENTS_TITLE',
                    'chartOptions' => [
                        'height' => 360,
                        'xAxis' => true,
                        'rotateXAxisTicks' => true,
                        'trimXAxisTicks' => true,
                        'maxXAxisTickLength' => 24,
                        'showDataLabel' => true,
                        'legend' => false,
                    ],
                ]],
            ],
            'acls' => $this->rights('list'),
        ];
    }

    /** What somebody must be allowed to be shown it. */
    private function rights(string $action): array
    {
        return [ucfirst($this->module) => [$action]];
    }
}
