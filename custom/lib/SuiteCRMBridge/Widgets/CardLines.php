<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Widgets;

use SuiteCRM\Custom\SuiteCRMBridge\Card\CaseLine;
use SuiteCRM\Custom\SuiteCRMBridge\Card\CustomerCard;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Figures;
use SuiteCRM\Custom\SuiteCRMBridge\Card\Timeline;
use SuiteCRM\Custom\SuiteCRMBridge\Card\YearLine;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A customer's card as one text a line, which is what SuiteCRM 8 can draw by itself. */
final class CardLines
{
    /** Parts of the card, and of each what is a line of its own. */
    private const PARTS = [
        'segment' => ['label' => 'segment', 'before' => 'segment_before', 'why' => 'segment_why'],
        'action' => ['label' => 'action', 'due' => 'action_due', 'why' => 'action_why'],
        'stake' => ['amount' => 'stake'],
        'value' => ['amount' => 'value'],
        'purchases' => ['text' => 'purchases', 'last' => 'purchases_last', 'next' => 'purchases_next'],
        'complaints' => ['text' => 'complaints', 'last' => 'complaints_last'],
        'satisfaction' => ['text' => 'satisfaction'],
        'programme' => ['label' => 'programme', 'since' => 'programme_since'],
        'offer' => ['product' => 'offer'],
        'as_of' => ['day' => 'as_of'],
        'customer' => ['name' => 'customer'],
        'promise' => ['text' => 'promise'],
    ];
    private const CASES = 'Cases';

    /** @return array<string, string> texts by line; none where the current user may not view the record, or nothing is known */
    public static function of(string $module, string $id): array
    {
        $bean = \BeanFactory::getBean($module, $id);
        if (!$bean || !$bean->ACLAccess('view')) {
            return [];
        }
        $card = $module === self::CASES ? CaseLine::of($bean) : CustomerCard::of($bean);
        return $card === null ? [] : self::lines($card);
    }

    /** @return array<int, array{name: string, amount: float}> what was bought in each of the last twelve months */
    public static function months(string $module, string $id): array
    {
        $bean = \BeanFactory::getBean($module, $id);
        $card = $bean && $bean->ACLAccess('view') ? CustomerCard::of($bean) : null;
        $amounts = $card['purchases']['months'] ?? [];
        if (array_filter($amounts) === []) {
            return [];
        }
        $months = [];
        foreach ($amounts as $month => $amount) {
            $months[] = ['name' => YearLine::month($month), 'amount' => (float) $amount];
        }
        return $months;
    }

    /** Whether there is something to read about a customer on the page that says what changed when. */
    public static function haveChanges(string $module, string $id): bool
    {
        $bean = \BeanFactory::getBean($module, $id);
        return $bean && Figures::of($bean) !== null && (Timeline::told($module, $id)['timeline'] ?? '') !== '';
    }

    /** @return array<string, string> what to say instead where something went wrong */
    public static function failed(): array
    {
        return ['failed' => Texts::get('dashlet_failed')];
    }

    /**
     * @param array<string, array<string, mixed>> $card
     * @return array<string, string>
     */
    private static function lines(array $card): array
    {
        $lines = [];
        foreach (self::PARTS as $part => $names) {
            foreach ($names as $name => $line) {
                $lines[$line] = (string) ($card[$part][$name] ?? '');
            }
        }
        $flags = array_column($card['flags']['all'] ?? [], 'label');
        $lines['flags'] = implode(', ', $flags);
        if ($lines['action_due'] !== '') {
            $due = $card['action']['late'] ? 'card_overdue' : 'card_due';
            $lines['action_due'] = Texts::get($due, ['day' => $lines['action_due']]);
        }
        return array_filter($lines, 'strlen');
    }
}
