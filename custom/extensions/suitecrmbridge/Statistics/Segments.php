<?php

namespace App\Extension\suitecrmbridge\Statistics;

use App\Data\LegacyHandler\ListDataQueryHandler;
use App\Engine\LegacyHandler\LegacyHandler;
use App\Statistics\Entity\Statistic;
use App\Statistics\Model\ChartOptions;
use App\Statistics\Model\SeriesItem;
use App\Statistics\Model\SeriesResult;
use App\Statistics\Service\StatisticsProviderInterface;
use App\Statistics\StatisticsHandlingTrait;
use SuiteCRM\Custom\SuiteCRMBridge\Widgets\SegmentCounts;
use Symfony\Contracts\Service\Attribute\Required;

/** How many customers of a list there are in each segment, for the chart beside the list. */
class Segments extends LegacyHandler implements StatisticsProviderInterface
{
    use StatisticsHandlingTrait;

    public const KEY = 'suitecrmbridge-segments';
    private const MODULES = ['contacts' => 'Contacts', 'accounts' => 'Accounts'];

    /** @var ListDataQueryHandler */
    private $lists;

    // Not in the constructor: that one is SuiteCRM's, and differs from version to version.
    #[Required]
    public function setLists(ListDataQueryHandler $lists): void
    {
        $this->lists = $lists;
    }

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
        [$module, , $criteria, $sort] = $this->extractContext($query);
        if (!isset(self::MODULES[(string) $module])) {
            return $this->getEmptySeriesResponse(self::KEY);
        }
        $this->init();
        $this->startLegacyApp();
        try {
            return $this->chart(SegmentCounts::of(
                self::MODULES[(string) $module],
                // Then two tables tell it, and not all those that a list joins.
                empty($criteria['filters']) && empty($criteria['preset']),
                function ($bean) use ($criteria, $sort): array {
                    return $this->lists->getQuery($bean, $criteria, $sort);
                },
                function ($bean, array $parts): array {
                    // -2: without a limit
                    return $this->lists->runQuery($bean, $parts, -1, -2);
                }
            ));
        } catch (\Throwable $failure) {
            $GLOBALS['log']->fatal('SuiteCRM Bridge: segments could not be counted: ' . $failure);
            return $this->getEmptySeriesResponse(self::KEY);
        } finally {
            $this->close();
        }
    }

    /** @param array<int, array{name: string, colour: string, customers: int}> $segments */
    private function chart(array $segments): Statistic
    {
        $series = new SeriesResult();
        $series->singleSeries = [];
        foreach ($segments as $segment) {
            $item = new SeriesItem();
            $item->name = $segment['name'];
            $item->value = (string) $segment['customers'];
            $series->singleSeries[] = $item;
        }
        $options = new ChartOptions();
        $options->scheme = ['domain' => array_column($segments, 'colour')];
        $options->yAxisTickFormatting = true;
        return $this->buildSeriesResponse(self::KEY, 'int', $series, $options);
    }
}
