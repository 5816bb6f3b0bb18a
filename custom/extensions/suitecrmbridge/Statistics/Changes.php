<?php

namespace App\Extension\suitecrmbridge\Statistics;

use App\Engine\LegacyHandler\LegacyHandler;
use App\Statistics\Entity\Statistic;
use App\Statistics\Service\StatisticsProviderInterface;
use App\Statistics\StatisticsHandlingTrait;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Timeline;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Widgets\CardLines;

/** The link to the page that says what changed when for one customer; none where nothing is known to have changed. */
class Changes extends LegacyHandler implements StatisticsProviderInterface
{
    use StatisticsHandlingTrait;

    public const KEY = 'suitecrmbridge-changes';
    public const TEXT = 'card_timeline';
    /** SuiteCRM underlines no link: so it is seen to be one. */
    private const ARROW = "\u{a0}→";
    private const MODULES = ['contacts' => 'Contacts', 'accounts' => 'Accounts'];

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
        $link = $this->link((string) $module, (string) $id);
        return $this->buildSingleValueResponse(self::KEY, 'url', $link + ['value' => '']);
    }

    /** @return array{value?: string, linkText?: string} address and text, none where nothing is known to have changed */
    private function link(string $module, string $id): array
    {
        if (!isset(self::MODULES[$module]) || $id === '') {
            return [];
        }
        $this->init();
        $this->startLegacyApp();
        try {
            return CardLines::haveChanges(self::MODULES[$module], $id) ? [
                'value' => "./#/$module/" . Timeline::ACTION . '/' . rawurlencode($id),
                'linkText' => Texts::get(self::TEXT) . self::ARROW,
            ] : [];
        } catch (\Throwable $failure) {
            $GLOBALS['log']->fatal('SuiteCRM Bridge: changes could not be read: ' . $failure);
            return [];
        } finally {
            $this->close();
        }
    }
}
