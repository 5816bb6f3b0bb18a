<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Admin;

use SuiteCRM\Custom\SuiteCRMBridge\Card\Parts;
use SuiteCRM\Custom\SuiteCRMBridge\Cards;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Indexes;
use SuiteCRM\Custom\SuiteCRMBridge\Install\Layouts;
use SuiteCRM\Custom\SuiteCRMBridge\Offers\Offers;
use SuiteCRM\Custom\SuiteCRMBridge\Programmes;
use SuiteCRM\Custom\SuiteCRMBridge\Renaming;
use SuiteCRM\Custom\SuiteCRMBridge\RoutesFile;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;
use SuiteCRM\Custom\SuiteCRMBridge\Watch;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What the buttons of the administration page do. */
final class Actions
{
    public const REPAIR = 'repair';
    public const NAMES_ON = 'names_on';
    public const NAMES_OFF = 'names_off';
    public const WATCH_ON = 'watch_on';
    public const WATCH_OFF = 'watch_off';
    public const PROGRAMME = 'programme';
    public const CARD_PART = 'card_part';
    public const OFFER = 'offer';

    private const REPAIRS = [
        [RoutesFile::class, 'install'],
        [Layouts::class, 'install'],
        [Indexes::class, 'create'],
        [Cards::class, 'install'],
        [Renaming::class, 'refresh'],
        // “Rebuild Scheduler” of SuiteCRM takes all entries away.
        [Watch::class, 'install'],
    ];

    /** @param array<string, mixed> $post */
    public static function run(array $post): void
    {
        if (!Form::isValid($post['form'] ?? null)) {
            Notice::leave(Texts::get('page_stale_form'), false);
            return;
        }
        try {
            if (($post['act'] ?? '') === self::PROGRAMME) {
                self::flip($post);
            } elseif (($post['act'] ?? '') === self::OFFER) {
                self::offer($post);
            } else {
                Notice::leave(Texts::get(self::perform($post)), true);
            }
        } catch (\InvalidArgumentException $refusal) {
            // Something is missing in the form, and the message says what.
            Notice::leave($refusal->getMessage(), false);
        } catch (\Throwable $failure) {
            $GLOBALS['log']->fatal('SuiteCRM Bridge: ' . $failure);
            Notice::leave(Texts::get('page_failed', ['error' => $failure->getMessage()]), false);
        }
    }

    /** Wish that a programme runs, or does not. */
    private static function flip(array $post): void
    {
        $key = is_string($post['programme'] ?? null) ? $post['programme'] : '';
        $running = ($post['running'] ?? '') === '1';
        $by = html_entity_decode((string) $GLOBALS['current_user']->user_name, ENT_QUOTES, 'UTF-8');
        $isKnown = Programmes::wish($key, $running, $by);
        $waits = isset(Programmes::wishes()[$key]);
        $text = $isKnown ? ($waits ? 'page_programme_wished' : 'page_programme_taken_back') : 'page_programme_gone';
        Notice::leave(Texts::get($text), $isKnown);
    }

    /** Put something on everybody's screens, or take it away. */
    private static function offer(array $post): void
    {
        $name = is_string($post['offer'] ?? null) ? $post['offer'] : '';
        $isWanted = ($post['wanted'] ?? '') === '1';
        $isKnown = Offers::set($name, $isWanted, $post);
        $text = $isKnown ? ($isWanted ? 'offer_added' : 'offer_taken_away') : 'page_stale_form';
        Notice::leave(Texts::get($text, ['offer' => Texts::get('offer_' . $name)]), $isKnown);
    }

    /** Show a part of the customer card, or do not. */
    private static function turn(array $post): bool
    {
        $part = is_string($post['part'] ?? null) ? $post['part'] : '';
        return Parts::turn($part, ($post['shown'] ?? '') === '1');
    }

    /**
     * @param array<string, mixed> $post
     * @return string key of the text that says what was done
     */
    private static function perform(array $post): string
    {
        switch ($post['act'] ?? '') {
            case self::REPAIR:
                foreach (self::REPAIRS as [$class, $method]) {
                    $class::$method();
                }
                return 'page_repaired';
            case self::NAMES_ON:
                Renaming::on();
                return 'page_names_changed';
            case self::NAMES_OFF:
                Renaming::off();
                return 'page_names_changed';
            case self::WATCH_ON:
                Watch::turn(true);
                return 'page_watch_changed';
            case self::WATCH_OFF:
                Watch::turn(false);
                return 'page_watch_changed';
            case self::CARD_PART:
                return self::turn($post) ? 'page_card_changed' : 'page_stale_form';
            default:
                return 'page_stale_form';
        }
    }
}
