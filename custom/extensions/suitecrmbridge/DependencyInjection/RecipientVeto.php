<?php

namespace App\Extension\suitecrmbridge\DependencyInjection;

use App\Data\Entity\Record;
use App\Data\LegacyHandler\PreparedStatementHandler;
use App\Module\Campaigns\Service\Email\Targets\Validation\BaseEmailTargetValidator;
use App\Module\Campaigns\Service\Email\Targets\Validation\ValidationFeedback;
use App\Module\Service\ModuleNameMapperInterface;
use Psr\Log\LoggerInterface;

/**
 * Refuses, when SuiteCRM 8 queues a campaign's mail and again when it sends it, recipients that a programme's
 * list may not reach now. The campaign's log has them as "blocked-programme-…".
 */
final class RecipientVeto extends BaseEmailTargetValidator
{
    /** @var Programmes */
    private $programmes;
    /** @var ModuleNameMapperInterface */
    private $modules;
    /** @var LoggerInterface */
    private $logger;

    public function __construct(
        PreparedStatementHandler $statements,
        ModuleNameMapperInterface $modules,
        LoggerInterface $logger
    ) {
        $this->programmes = new Programmes([$statements, 'fetchAll']);
        $this->modules = $modules;
        $this->logger = $logger;
    }

    public function getKey(): string
    {
        return 'programme';
    }

    public function getPriority(): int
    {
        return 100;
    }

    public function applies(
        Record $targetRecord,
        Record $marketingRecord,
        string $campaignId,
        string $prospectListId
    ): bool {
        return true;
    }

    public function validate(
        Record $targetRecord,
        Record $marketingRecord,
        string $campaignId,
        string $prospectListId
    ): ValidationFeedback {
        $reason = $this->reason($targetRecord, (string) $marketingRecord->getId(), $prospectListId);
        if ($reason === '') {
            return $this->buildSuccessFeedback();
        }
        $feedback = $this->buildFailureFeedback();
        $feedback->setValidatorKey($reason);
        return $feedback;
    }

    /** What goes wrong here must stop neither other campaigns nor SuiteCRM, and lets no programme send. */
    private function reason(Record $person, string $marketing, string $list): string
    {
        try {
            $module = $this->modules->toLegacy((string) $person->getModule());
            return $this->programmes->reason($module, (string) $person->getId(), $list, $marketing, time());
        } catch (\Throwable $failure) {
            $this->logger->error('SuiteCRM Bridge: a recipient could not be judged: ' . $failure->getMessage());
        }
        try {
            return $this->programmes->has($list) ? Programmes::UNKNOWN : '';
        } catch (\Throwable $failure) {
            return '';
        }
    }
}
