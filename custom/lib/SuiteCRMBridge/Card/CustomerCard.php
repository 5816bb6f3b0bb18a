<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Cards;
use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Segment;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Told;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * What a reader is to know of a customer at a glance, in their own language: plain texts, not yet escaped.
 *
 * Everything is said from figures; the sentences that the bridge has written are in its own language.
 *
 * Each part has a heading, and is missing where nothing is known:
 *
 * - segment: key, label, colour, cell (recency and frequency on the map, null where there is none), why,
 *   before (since when, and what it was; perhaps empty)
 * - action: key, label, why (perhaps empty), due (perhaps empty), late (whether it was due before today)
 * - stake: amount; missing where it is not worth an attempt
 * - value: amount (expected over the next 12 months)
 * - purchases: text, last, next (perhaps empty), late (whether the next was expected before today),
 *   months (amounts of the last twelve by YYYY-MM, perhaps none), expected (YYYY-MM-DD of the next, perhaps empty)
 * - complaints: open and count (how many), text, last (perhaps empty)
 * - satisfaction: points (of 100), level (low, middle or high), text
 * - programme: label, since (perhaps empty)
 * - offer: product
 * - flags: key and label of each (review, fraud, no_profiling, do_not_call)
 * - as_of: day
 * - timeline: address (of the page that says what changed when)
 */
final class CustomerCard
{
    /** Days. */
    private const FORESEEABLE = 365;
    private const FLAGS = [
        'fraud' => 'fraud_c',
        'no_profiling' => 'no_profiling_c',
        'review' => 'review_flag_c',
        'do_not_call' => 'do_not_call',
    ];

    /** @var Figures */
    private $figures;
    /** @var \DateTimeImmutable */
    private $today;
    /** @var array<string, mixed> */
    private $told;

    /** @var array<int, array<string, mixed>> */
    private $programmes;

    private function __construct(Figures $figures, \DateTimeImmutable $today, array $told, array $programmes)
    {
        $this->figures = $figures;
        $this->today = $today;
        $this->told = $told;
        $this->programmes = $programmes;
    }

    /**
     * The card of a contact or an account, null where the current user may not view the record, or where
     * there is nothing to say.
     *
     * @param \SugarBean $bean as SuiteCRM has read it
     * @return array<string, array<string, mixed>>|null
     */
    public static function of($bean, ?\DateTimeImmutable $today = null): ?array
    {
        $figures = Figures::of($bean);
        if ($figures === null) {
            return null;
        }
        $programmes = $figures->text('programme_c') === '' ? [] : Programmes::told();
        $told = Timeline::told((string) $bean->module_dir, (string) $bean->id);
        return self::from($figures, $today ?? Days::today(), $told, $programmes);
    }

    /**
     * @param array<string, mixed> $told what the bridge tells besides the fields: rule, expected, kept, attempts,
     *   months, the changes (the latest first), and the address of their timeline
     * @param array<int, array<string, mixed>> $programmes as the bridge told them
     * @return array<string, array<string, mixed>>|null
     */
    public static function from(
        Figures $figures,
        \DateTimeImmutable $today,
        array $told = [],
        array $programmes = []
    ): ?array {
        $card = new self($figures, $today, $told, $programmes);
        $parts = array_filter([
            'segment' => $card->segment(),
            'action' => $card->action(),
            'stake' => $card->amount('value_at_stake_c', Catalogue::ACTION_LIMITS['worth_an_attempt']),
            'value' => $card->amount('clv_c'),
            'purchases' => $card->purchases(),
            'complaints' => $card->complaints(),
            'satisfaction' => $card->satisfaction(),
            'programme' => $card->programme(),
            'offer' => $card->offer(),
            'flags' => $card->flags(),
            'as_of' => $card->day('scored_at_c'),
            'timeline' => ($told['timeline'] ?? '') === '' ? null : ['address' => $told['timeline']],
        ]);
        // The day alone says nothing, nor that somebody does not want to be called.
        if (array_diff_key($parts, ['as_of' => true, 'timeline' => true]) === [] || (!isset($parts['segment']) && $card->isUnscored())) {
            return null;
        }
        foreach ($parts as $name => $part) {
            $parts[$name] = ['heading' => Texts::get("card_$name")] + $part;
        }
        return $parts;
    }

    private function isUnscored(): bool
    {
        return $this->figures->text('scored_at_c') === '' && !$this->figures->isTicked(self::FLAGS['no_profiling'])
            && !$this->figures->isTicked(self::FLAGS['fraud']);
    }

    private function segment(): ?array
    {
        $key = $this->figures->text('rfm_segment_c');
        if ($key === '') {
            return null;
        }
        $recency = $this->figures->whole('rfm_recency_c');
        $frequency = $this->figures->whole('rfm_frequency_c');
        $last = $this->figures->day('last_purchase_c');
        $why = $last === null
            ? ($this->figures->whole('purchase_count_c') > 0 ? '' : Texts::get('card_no_purchase'))
            : Texts::get('card_segment_why', [
                'ago' => Days::ago($last, $this->today),
                'count' => (int) $this->figures->whole('purchase_count_c'),
                'purchases' => Numbers::whole((int) $this->figures->whole('purchase_count_c')),
            ]);
        return [
            'key' => $key,
            'label' => Segment::label($key),
            'colour' => Segment::colour($key),
            'cell' => $recency === null || $frequency === null ? null : [$recency, $frequency],
            'why' => $why,
            'before' => $this->before(),
        ];
    }

    /** Since when the segment is what it is, and what it was before; empty where no other is known. */
    private function before(): string
    {
        $segments = array_values(array_filter($this->told['changes'] ?? [], static function (array $change): bool {
            return $change['what'] === Cards::SEGMENT;
        }));
        $since = count($segments) < 2 ? null : Days::read($segments[0]['since']);
        if ($since === null || $segments[0]['value'] !== $this->figures->text('rfm_segment_c')) {
            return '';
        }
        return Texts::get('card_before', [
            'day' => Numbers::day($since),
            'segment' => Segment::label($segments[1]['value']),
        ]);
    }

    private function action(): ?array
    {
        $key = $this->figures->text('next_action_c');
        if ($key === '') {
            return null;
        }
        $due = $this->figures->day('next_action_due_c');
        return [
            'key' => $key,
            'label' => Texts::option('next_action', $key),
            'why' => (new ActionReason($this->figures, $this->told, $this->today))->text($key),
            'due' => $due === null ? '' : Numbers::day($due),
            'late' => $due !== null && $due < $this->today,
        ];
    }

    private function amount(string $field, float $least = 0.5): ?array
    {
        $amount = $this->figures->number($field);
        return $amount === null || $amount < $least ? null : ['amount' => Numbers::amount($amount)];
    }

    private function purchases(): ?array
    {
        $count = (int) $this->figures->whole('purchase_count_c');
        $last = $this->figures->day('last_purchase_c');
        if ($count === 0 || $last === null) {
            return null;
        }
        $next = $this->figures->day('next_purchase_c');
        // Of somebody who is expected in some years, nobody is expecting anything.
        $next = $next !== null && Days::between($this->today, $next) > self::FORESEEABLE ? null : $next;
        $late = $next !== null && $next < $this->today;
        $total = $this->figures->number('purchase_total_c');
        return [
            'text' => Texts::get($total === null ? 'card_purchase_count' : 'card_purchase_total', [
                'count' => $count,
                'purchases' => Numbers::whole($count),
                'total' => Numbers::amount((float) $total),
            ]),
            'last' => Texts::get('card_last', ['day' => Numbers::day($last), 'ago' => Days::ago($last, $this->today)]),
            'next' => $next === null ? '' : Texts::get($late ? 'card_next_late' : 'card_next', ['day' => Numbers::day($next)]),
            'late' => $late,
            'months' => YearLine::read($this->told['months'] ?? null),
            'expected' => $next === null ? '' : $next->format('Y-m-d'),
        ];
    }

    private function complaints(): ?array
    {
        $open = (int) $this->figures->whole('complaint_open_c');
        $count = max($open, (int) $this->figures->whole('complaint_count_c'));
        if ($count === 0) {
            return null;
        }
        $last = $this->figures->day('last_complaint_c');
        $said = $open > 0
            ? Texts::get('card_complaints_open', ['count' => $open, 'complaints' => Numbers::whole($open)])
            : Texts::get('card_complaints_past', ['count' => $count, 'complaints' => Numbers::whole($count)]);
        return [
            'open' => $open,
            'count' => $count,
            'text' => $said,
            'last' => $last === null ? '' : Texts::get('card_complaint_last', ['day' => Numbers::day($last)]),
        ];
    }

    private function satisfaction(): ?array
    {
        $points = $this->figures->number('satisfaction_c');
        if ($points === null) {
            return null;
        }
        $level = ActionReason::satisfaction($points);
        return [
            'points' => (int) round($points),
            'level' => $level,
            'text' => Texts::get('card_satisfaction_' . $level, ['points' => Numbers::whole((int) round($points))]),
        ];
    }

    private function programme(): ?array
    {
        $key = $this->figures->text('programme_c');
        if ($key === '') {
            return null;
        }
        $label = $key;
        foreach ($this->programmes as $programme) {
            $label = $programme['key'] === $key ? Told::text($programme['label']) : $label;
        }
        $since = $this->figures->day('programme_since_c');
        return [
            'label' => $label,
            'since' => $since === null ? '' : Texts::get('card_since', ['day' => Numbers::day($since)]),
        ];
    }

    private function offer(): ?array
    {
        $product = $this->figures->text('next_offer_c');
        return $product === '' ? null : ['product' => $product];
    }

    private function flags(): ?array
    {
        $found = [];
        foreach (self::FLAGS as $key => $field) {
            if ($this->figures->isTicked($field)) {
                $found[] = ['key' => $key, 'label' => Texts::get("card_flag_$key")];
            }
        }
        return $found === [] ? null : ['all' => $found];
    }

    private function day(string $field): ?array
    {
        $day = $this->figures->day($field);
        return $day === null ? null : ['day' => Numbers::day($day)];
    }
}
