<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What is to be known of a customer before they are called. */
final class Person
{
    public const ACCOUNTS = 'Accounts';
    private const PHONES = ['phone_work', 'phone_mobile', 'phone_office', 'phone_home', 'phone_alternate', 'phone_other'];

    /** @return array{name: string, account: string, account_id: string, phone: string, do_not_call: bool, owner: string} */
    public static function of(string $module, string $id): array
    {
        $bean = \BeanFactory::getBean($module, $id, ['encode' => false]);
        // The name as SuiteCRM writes it for this user: order of the names, titles.
        $name = $bean ? trim((string) $bean->get_summary_text()) : '';
        // An account has no account of its own.
        $mayOpen = $module !== self::ACCOUNTS && \ACLController::checkAccess(self::ACCOUNTS, 'list', true);
        return [
            'name' => $name === '' ? $id : $name,
            'account' => $mayOpen ? self::value($bean, ['account_name']) : '',
            'account_id' => $mayOpen ? self::value($bean, ['account_id']) : '',
            'phone' => self::value($bean, self::PHONES),
            'do_not_call' => (bool) self::value($bean, ['do_not_call']),
            'owner' => self::value($bean, ['assigned_user_name']),
        ];
    }

    /**
     * The first of these fields that says something.
     *
     * @param \SugarBean|false|null $bean
     * @param string[] $fields
     */
    private static function value($bean, array $fields): string
    {
        foreach ($fields as $field) {
            $value = $bean ? trim((string) ($bean->$field ?? '')) : '';
            if ($value !== '' && $value !== '0') {
                return html_entity_decode($value, ENT_QUOTES, 'UTF-8');
            }
        }
        return '';
    }
}
