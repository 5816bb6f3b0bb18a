<?php

namespace App\Extension\suitecrmbridge\Statistics;

use App\Engine\LegacyHandler\LegacyHandler;
use App\Statistics\Entity\Statistic;
use App\Statistics\Service\StatisticsProviderInterface;
use App\Statistics\StatisticsHandlingTrait;
use SuiteCRM\Custom\SuiteCRMBridge\Widgets\CardLines;

/** The figures of one customer, or of the customer of a case, for what stands at the record: all in one answer. */
class CustomerCard extends LegacyHandler implements StatisticsProviderInterface
{
    use StatisticsHandlingTrait;

    public const KEY = 'suitecrmbridge-card';
    /** Every line that a card may have. */
    public const LINES = [
        'failed', 'customer', 'promise',
        'action', 'action_due', 'action_why',
        'segment', 'segment_before', 'segment_why',
        'stake', 'value', 'flags',
        'complaints', 'complaints_last',
        'satisfaction',
        'purchases', 'purchases_last', 'purchases_next',
        'programme', 'programme_since', 'offer',
        'as_of',
    ];
    private const MODULES = ['contacts' => 'Contacts', 'accounts' => 'Accounts', 'cases' => 'Cases'];

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
        $texts = $this->texts(self::MODULES[(string) $module] ?? '', (string) $id);
        $fields = [];
        foreach (self::LINES as $line) {
            // A line without a text is told, too: only so its row is left out.
            $fields[$line] = ['value' => $texts[$line] ?? ''];
        }
        return $this->buildSingleValueResponse(self::KEY, 'varchar', ['fields' => $fields]);
    }

    /** @return array<string, string> */
    private function texts(string $module, string $id): array
    {
        if ($module === '' || $id === '') {
            return [];
        }
        $this->init();
        $this->startLegacyApp();
        try {
            return CardLines::of($module, $id);
        } catch (\Throwable $failure) {
            $GLOBALS['log']->fatal('SuiteCRM Bridge: a card could not be made: ' . $failure);
            // While SuiteCRM uninstalls the package there may be no class to say it.
            return class_exists(CardLines::class) ? CardLines::failed() : [];
        } finally {
            $this->close();
        }
    }
}
