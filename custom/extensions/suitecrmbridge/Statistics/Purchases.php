<?php

namespace App\Extension\suitecrmbridge\Statistics;

use App\Engine\LegacyHandler\LegacyHandler;
use App\Statistics\Entity\Statistic;
use App\Statistics\Model\ChartOptions;
use App\Statistics\Model\SeriesItem;
use App\Statistics\Model\SeriesResult;
use App\Statistics\Service\StatisticsProviderInterface;
use App\Statistics\StatisticsHandlingTrait;
use SuiteCRM\Custom\SuiteCRMBridge\Widgets\CardLines;

/** What one customer bought in each of the last twelve months, for the chart beside the record. */
class Purchases extends LegacyHandler implements StatisticsProviderInterface
{
    use StatisticsHandlingTrait;

    public const KEY = 'suitecrmbridge-purchases';
    private const MODULES = ['contacts' => 'Contacts', 'accounts' => 'Accounts'];
    /** On white and on black it can be told from the ground. */
    private const COLOUR = '#4a90d9';

    public function getHandlerKey(): string
    {
        return self::KEY;
    }

    public function getKey(): string
    {
        return self::KEY;
    }

    public function getData(array $query): Statistic
    {
        [$module, $id] = $this->extractContext($query);
        $months = $this->months(self::MODULES[(string) $module] ?? '', (string) $id);
        if ($months === []) {
            return $this->getEmptySeriesResponse(self::KEY);
        }
        $series = new SeriesResult();
        $series->singleSeries = [];
        foreach ($months as $month) {
            $item = new SeriesItem();
            $item->name = $month['name'];
            $item->value = (string) $month['amount'];
            $series->singleSeries[] = $item;
        }
        $options = new ChartOptions();
        $options->scheme = ['domain' => [self::COLOUR]];
        $options->yAxisTickFormatting = true;
        return $this->buildSeriesResponse(self::KEY, 'currency', $series, $options);
    }

    /** @return array<int, array{name: string, amount: float}> */
    private function months(string $module, string $id): array
    {
        if ($module === '' || $id === '') {
            return [];
        }
        $this->init();
        $this->startLegacyApp();
        try {
            return CardLines::months($module, $id);
        } catch (\Throwable $failure) {
            $GLOBALS['log']->fatal('SuiteCRM Bridge: purchases could not be drawn: ' . $failure);
            return [];
        } finally {
            $this->close();
        }
    }
}
