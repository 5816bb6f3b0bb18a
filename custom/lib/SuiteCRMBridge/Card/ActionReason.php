<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * Why an action is the next one, said from figures in the reader's language.
 *
 * The sentence is that of the rule that gave the action. Which rule it was, the bridge tells; where it has
 * not, the record's own figures mostly leave one. Where they leave several, or the sentence would have a
 * gap, a shorter one about the action is said, or none.
 */
final class ActionReason
{
    private const SAY = 'card_say_';
    private const SHORT = 'card_why_';
    private const SHORTENED = ['apologise', 'call_now', 'win_back', 'leave_alone'];
    private const FIELDS = [
        'segments' => 'rfm_segment_c',
        'lifecycles' => 'lifecycle_c',
        'churn_risks' => 'churn_risk_c',
        'standings' => 'standing_c',
    ];
    private const GAP = '/\{[a-z_]+\}/';

    /** @var Figures */
    private $figures;
    /** @var array<string, mixed> what the bridge tells besides: rule, expected, kept, attempts */
    private $told;
    /** @var \DateTimeImmutable */
    private $today;

    /** @param array<string, mixed> $told */
    public function __construct(Figures $figures, array $told, \DateTimeImmutable $today)
    {
        $this->figures = $figures;
        $this->told = $told;
        $this->today = $today;
    }

    public function text(string $action): string
    {
        $words = $this->words();
        $rule = $this->rule($action);
        $known = $rule === null ? '' : self::said(self::SAY . $rule, $words);
        return $known === '' && in_array($action, self::SHORTENED, true)
            ? self::said(self::SHORT . $action, $words)
            : $known;
    }

    /** How satisfied a customer is who has so many points, in a word of the rules. */
    public static function satisfaction(?float $points): string
    {
        if ($points === null) {
            return 'unknown';
        }
        if ($points < Catalogue::ACTION_LIMITS['dissatisfied_below']) {
            return 'low';
        }
        return $points < Catalogue::ACTION_LIMITS['satisfied_from'] ? 'middle' : 'high';
    }

    /** The rule that gave the action, null where the figures leave none or several. */
    private function rule(string $action): ?string
    {
        $told = $this->told['rule'] ?? null;
        if (is_string($told) && !isset(Catalogue::ACTION_RULES[$told])) {
            // A rule that this package was not built with: what it says is not known here.
            return null;
        }
        if (is_string($told) && Catalogue::ACTION_RULES[$told]['action'] === $action) {
            return $told;
        }
        $possible = [];
        foreach (Catalogue::ACTION_RULES as $key => $rule) {
            $fits = $this->fits($rule);
            if ($fits !== false && $rule['action'] === $action) {
                $possible[] = $key;
            }
            if ($fits === true) {
                // No later rule was tried.
                break;
            }
        }
        return count($possible) === 1 ? $possible[0] : null;
    }

    /** Whether every condition of a rule holds; null where that cannot be told. */
    private function fits(array $rule): ?bool
    {
        $certain = true;
        foreach ($rule as $condition => $words) {
            if ($condition === 'action') {
                continue;
            }
            $possible = $this->possible($condition);
            $common = array_intersect($possible, $words);
            if ($common === []) {
                return false;
            }
            $certain = $certain && count($common) === count($possible);
        }
        return $certain ? true : null;
    }

    /** @return string[] the words of a condition of which one is the customer's */
    private function possible(string $condition): array
    {
        if (isset(self::FIELDS[$condition])) {
            return [$this->figures->text(self::FIELDS[$condition])];
        }
        switch ($condition) {
            case 'complaints':
                return $this->figures->whole('complaint_open_c') > 0 ? ['serious', 'open'] : ['none'];
            case 'satisfactions':
                return [self::satisfaction($this->figures->number('satisfaction_c'))];
            case 'offers':
                return [$this->figures->text('next_offer_c') === '' ? 'no' : 'yes'];
            case 'reviews':
                return [$this->figures->isTicked('review_flag_c') ? 'yes' : 'no'];
            case 'stakes':
                $stake = (float) $this->figures->number('value_at_stake_c');
                return [$stake >= Catalogue::ACTION_LIMITS['worth_an_attempt'] ? 'some' : 'none'];
            default:
                return ['spent', 'left'];
        }
    }

    /** @return array<string, string> what sentences may hold, without what is not known */
    private function words(): array
    {
        $last = $this->figures->day('last_purchase_c');
        $expected = Days::read((string) ($this->told['expected'] ?? ''));
        $stake = $this->figures->number('value_at_stake_c');
        $complaints = $this->figures->whole('complaint_open_c');
        return array_filter([
            'last' => $last === null ? '' : Numbers::day($last),
            'expected' => $expected === null ? '' : Numbers::day($expected),
            'overdue' => $expected === null ? '' : Numbers::whole(max(0, Days::between($expected, $this->today))),
            'stake' => $stake === null ? '' : Numbers::amount($stake),
            'kept' => isset($this->told['kept']) ? Numbers::amount((float) $this->told['kept']) : '',
            'attempts' => isset($this->told['attempts']) ? Numbers::whole((int) $this->told['attempts']) : '',
            'complaints' => $complaints === null ? '' : Numbers::whole($complaints),
            'offer' => $this->figures->text('next_offer_c'),
        ], 'strlen');
    }

    /** A text, empty where it names what is not known. */
    private static function said(string $key, array $words): string
    {
        $blank = Texts::get($key);
        preg_match_all(self::GAP, $blank, $gaps);
        foreach ($gaps[0] as $gap) {
            if (!isset($words[trim($gap, '{}')])) {
                return '';
            }
        }
        return Texts::get($key, $words);
    }
}
