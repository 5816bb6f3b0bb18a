<?php

// What the widgets for SuiteCRM 8 use of it, with as much as they need.

namespace App\ViewDefinitions\LegacyHandler {
    interface ViewConfigMapperInterface
    {
        public function getKey(): string;

        public function getView(): string;

        public function getModule(): string;

        public function map(array $viewDefs): array;
    }
}

namespace App\Engine\LegacyHandler {
    abstract class LegacyHandler
    {
        /** @var string[] */
        public $steps = [];

        abstract public function getHandlerKey(): string;

        public function init(): void
        {
            $this->steps[] = 'init';
        }

        protected function startLegacyApp(string $module = ''): void
        {
            $this->steps[] = 'start';
        }

        public function close(): void
        {
            $this->steps[] = 'close';
        }
    }
}

namespace App\Statistics\Entity {
    final class Statistic
    {
        public $data;
        public $metadata;

        public function getData(): ?array
        {
            return $this->data;
        }
    }
}

namespace App\Statistics\Service {
    use App\Statistics\Entity\Statistic;

    interface StatisticsProviderInterface
    {
        public function getKey(): string;

        public function getData(array $query): Statistic;
    }
}

namespace App\Statistics\Model {
    final class ChartOptions
    {
        public $scheme;
        public $yAxisTickFormatting;
    }

    final class SeriesItem
    {
        public $name;
        public $value;
    }

    final class SeriesResult
    {
        public $singleSeries;
    }
}

namespace App\Statistics {
    use App\Statistics\Entity\Statistic;

    trait StatisticsHandlingTrait
    {
        protected function extractContext(array $query): array
        {
            $context = $query['context'] ?? [];
            return [$context['module'] ?? '', $context['id'] ?? '', $context['criteria'] ?? [], $context['sort'] ?? []];
        }

        protected function buildSingleValueResponse(string $key, string $type, array $result): Statistic
        {
            $statistic = new Statistic();
            $statistic->data = $result;
            $statistic->metadata = ['dataType' => $type];
            return $statistic;
        }

        protected function getEmptySeriesResponse(string $key): Statistic
        {
            $statistic = new Statistic();
            $statistic->data = ['singleSeries' => []];
            return $statistic;
        }

        protected function buildSeriesResponse(string $key, string $type, $result, $options = null): Statistic
        {
            $statistic = new Statistic();
            $statistic->data = ['singleSeries' => array_map('get_object_vars', $result->singleSeries)];
            $statistic->metadata = ['dataType' => $type, 'chartOptions' => get_object_vars($options)];
            return $statistic;
        }
    }
}

namespace App\Data\LegacyHandler {
    final class ListDataQueryHandler
    {
        /** @var array<int, mixed> */
        public $asked = [];
        /** @var array<int, array<string, string>> */
        public $rows = [];

        public function getQuery($bean, array $criteria = [], array $sort = []): array
        {
            $this->asked[] = $criteria;
            return [
                'select' => 'SELECT contacts.id, contacts.last_name',
                'from' => ' FROM contacts LEFT JOIN contacts_cstm ON contacts.id = contacts_cstm.id_c',
                'where' => " where contacts.assigned_user_id = 'me' AND contacts.deleted=0",
                'order_by' => ' ORDER BY contacts.last_name',
            ];
        }

        public function runQuery($bean, array $parts = [], $offset = -1, $limit = -1): array
        {
            $this->asked[] = $parts;
            return $this->rows;
        }
    }
}
