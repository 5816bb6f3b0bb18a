<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Card;

use SuiteCRM\Custom\SuiteCRMBridge\Api\Database;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/**
 * What a reader of a case is to know of its customer, in one line: plain texts, not yet escaped.
 *
 * - customer: module, id, name
 * - segment, value, complaints, flags: as on the customer's card, each missing where nothing is known
 * - promise: text, late; missing where nothing was promised
 */
final class CaseLine
{
    private const PARTS = ['segment' => true, 'value' => true, 'complaints' => true, 'flags' => true];

    /**
     * The line of a case, null where the current user may not view the customer, or nothing is known of them.
     *
     * @param \SugarBean $case as SuiteCRM has read it
     * @return array<string, array<string, mixed>>|null
     */
    public static function of($case, ?\DateTimeImmutable $today = null): ?array
    {
        $figures = Figures::of($case);
        $customer = $figures === null ? null : self::customer($figures, (string) $case->id);
        $card = $customer === null ? null : CustomerCard::of($customer, $today);
        if ($card === null) {
            return null;
        }
        return array_filter([
            'customer' => [
                'module' => (string) $customer->module_dir,
                'id' => (string) $customer->id,
                'name' => html_entity_decode((string) $customer->get_summary_text(), ENT_QUOTES, 'UTF-8'),
            ],
            'promise' => self::promise($figures, time()),
        ]) + array_intersect_key($card, self::PARTS);
    }

    /**
     * @param int $now seconds since 1970
     * @return array{text: string, late: bool}|null
     */
    public static function promise(Figures $figures, int $now): ?array
    {
        $moment = $figures->text('promised_by_c');
        $seconds = $moment === '' ? false : strtotime($moment . ' UTC');
        if ($seconds === false) {
            return $figures->isTicked('sla_breached_c')
                ? ['text' => Texts::get('card_promise_missed'), 'late' => true]
                : null;
        }
        $shown = (string) \TimeDate::getInstance()->to_display_date_time($moment);
        return $seconds <= $now
            ? ['text' => Texts::get('card_promise_late', ['moment' => $shown]), 'late' => true]
            : ['text' => Texts::get('card_promise', ['moment' => $shown, 'left' => Days::left($seconds - $now)]), 'late' => false];
    }

    /**
     * The contact that was linked first; without one, the account.
     *
     * @return \SugarBean|null
     */
    private static function customer(Figures $figures, string $id)
    {
        $database = new Database();
        $rows = $database->rows(sprintf(
            'SELECT contact_id FROM contacts_cases WHERE case_id = %s AND deleted = 0 ORDER BY date_modified, id LIMIT 1',
            $database->text($id)
        ));
        foreach ($rows as $row) {
            return \BeanFactory::getBean('Contacts', $row['contact_id']) ?: null;
        }
        $account = $figures->text('account_id');
        return $account === '' ? null : (\BeanFactory::getBean('Accounts', $account) ?: null);
    }
}
