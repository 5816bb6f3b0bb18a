<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Bean;
use SuiteCRM\Custom\SuiteCRMBridge\Tests\Dashlets\StandIns\Store;
use SuiteCRM\Custom\SuiteCRMBridge\Workflows;

/**
 * @runTestsInSeparateProcesses
 * @preserveGlobalState disabled
 */
final class WorkflowsTest extends DashletCase
{
    protected function setUp(): void
    {
        parent::setUp();
        require_once __DIR__ . '/StandIns/classes.php';
        Store::clear();
    }

    public function testOnlyItsOwnWorkflowsAreTold(): void
    {
        Store::$db->answer = [self::told('Theirs', 'Changed by somebody.')];
        Workflows::shipped();
        $asked = end(Store::$db->queries);

        self::assertStringContainsString("deleted = 0 AND id IN ('w1', 'w2')", $asked);
    }

    /** @dataProvider languages */
    public function testWhatNobodyChangedIsToldInTheReadersLanguage(string $language, string $word): void
    {
        $this->offer(['en_us', 'fr_FR']);
        Workflows::create();
        [$workflow] = $this->workflows();
        Store::$db->answer = [self::told($workflow->name, $workflow->description)];
        $this->speak($language);
        [$told] = Workflows::shipped();

        self::assertStringContainsString($word, $told['name']);
        self::assertStringNotContainsString(' / ', $told['name']);
        self::assertStringNotContainsString("\n", $told['description']);
    }

    public function testWhatSomebodyChangedIsToldAsTheyWroteIt(): void
    {
        Store::$db->answer = [self::told('Theirs', 'Changed by somebody.')];

        self::assertSame(['Theirs', 'Changed by somebody.'], array_values(array_slice(Workflows::shipped()[0], 2, 2)));
    }

    public function testAWorkflowIsNamedInEachLanguageThatSuiteCrmOffers(): void
    {
        $this->offer(['en_us', 'fr_FR', 'de_DE']);
        $this->speak('fr_FR');
        Workflows::create();

        self::assertSame(
            "SuiteCRM Bridge: customer at risk → task / SuiteCRM Bridge\u{00A0}: client à risque → tâche",
            $this->workflows()[0]->name
        );
        self::assertStringContainsString('Activate it', $this->workflows()[0]->description);
        self::assertStringContainsString('À activer', $this->workflows()[0]->description);
    }

    public function testWithoutWorkflowsOfItsOwnNothingIsAsked(): void
    {
        self::assertSame([], Workflows::shipped());
    }

    public function testBothTemplatesAreInactiveAtFirst(): void
    {
        Workflows::create();

        self::assertSame(['Inactive', 'Inactive'], array_column($this->workflows(), 'status'));
        self::assertSame(['Contacts', 'Cases'], array_column($this->workflows(), 'flow_module'));
    }

    public function testAnotherInstallationDoesNotCreateThemAgain(): void
    {
        Workflows::create();
        $this->workflows()[0]->isDeleted = true;
        Workflows::create();

        self::assertCount(2, $this->workflows());
    }

    public function testACustomerIsAtRiskWhenTheSegmentHasJustChangedToIt(): void
    {
        Workflows::create();

        self::assertSame(
            [
                ['rfm_segment_c', 'Equal_To', 'Value', 'at_risk'],
                ['rfm_segment_c', 'Equal_To', 'Any_Change', ''],
            ],
            $this->conditions($this->workflows()[0])
        );
        self::assertSame(['On_Save', 1], [$this->workflows()[0]->run_when, $this->workflows()[0]->multiple_runs]);
    }

    public function testOnlyNewComplaintsOfTheBestCustomersCountAndOnce(): void
    {
        Workflows::create();
        $complaint = $this->workflows()[1];
        $conditions = $this->conditions($complaint);

        self::assertSame(['complaint_c', 'Equal_To', 'Value', '1'], $conditions[0]);
        self::assertSame(['customer_segment_c', 'Equal_To', 'Multi', '^champions^,^loyal^'], $conditions[1]);
        self::assertSame(['date_entered', 'Greater_Than', 'Date'], array_slice($conditions[2], 0, 3));
        self::assertSame(['now', 'minus', '7', 'day'], $this->unpacked($conditions[2][3]));
        self::assertSame(0, $complaint->multiple_runs);
    }

    public function testTheTaskGoesToTheUserOfTheRecordAndIsDueWithinADay(): void
    {
        Workflows::create();
        $task = $this->task(1);

        self::assertSame('Tasks', $task['record_type']);
        self::assertSame(['Field', 'assigned_user_name'], $this->fieldOf($task, 'assigned_user_name'));
        self::assertSame(['Date', ['now', 'plus', '1', 'day']], $this->fieldOf($task, 'date_due'));
        self::assertSame(['Value', 'Cases'], $this->fieldOf($task, 'parent_type'));
        self::assertSame(['Field', 'id'], $this->fieldOf($task, 'parent_id'));
    }

    /** @dataProvider languages */
    public function testTheNameOfATaskFitsItsColumnAndIsInTheInstallersLanguage(string $language, string $word): void
    {
        $this->speak($language);
        Workflows::create();

        foreach ([0, 1] as $template) {
            self::assertLessThanOrEqual(50, mb_strlen($this->fieldOf($this->task($template), 'name')[1]));
        }
        self::assertStringContainsString($word, $this->workflows()[0]->name);
    }

    /** @return string[][] */
    public function languages(): array
    {
        return [['en_us', 'at risk'], ['fr_FR', 'à risque']];
    }

    /** A row that answers every question: what was created, and the workflow as it is now. */
    private static function told(string $name, string $description): array
    {
        return ['value' => '{"at_risk":"w1","complaint":"w2"}', 'id' => 'w1', 'name' => $name,
            'description' => $description, 'status' => 'Inactive'];
    }

    public function testUninstallingTakesWhatWasCreatedOutOfTheDatabaseAndForgetsIt(): void
    {
        Store::$db->answer = [['value' => '{"at_risk": "id-1"}']];
        Workflows::remove();

        foreach (['aow_actions', 'aow_conditions', 'aow_processed'] as $table) {
            self::assertContains("DELETE FROM $table WHERE aow_workflow_id = 'id-1'", Store::$db->queries);
        }
        self::assertContains("DELETE FROM aow_workflow WHERE id = 'id-1'", Store::$db->queries);
        self::assertStringStartsWith(
            "DELETE FROM config WHERE category = 'suitecrmbridge_workflows'",
            end(Store::$db->queries)
        );
    }

    public function testUninstallingLeavesOtherWorkflowsAlone(): void
    {
        Store::$db->answer = [];
        Workflows::remove();

        self::assertSame([], preg_grep('/aow_/', Store::$db->queries));
    }

    /** @return Bean[] */
    private function workflows(): array
    {
        return Store::$beans['AOW_WorkFlow'];
    }

    private function conditions(Bean $workflow): array
    {
        $conditions = [];
        foreach (Store::$beans['AOW_Conditions'] as $bean) {
            if ($bean->aow_workflow_id === $workflow->id && $bean->isSaved) {
                $conditions[] = [$bean->field, $bean->operator, $bean->value_type, $bean->value];
            }
        }
        return $conditions;
    }

    private function task(int $template): array
    {
        return $this->unpacked(Store::$beans['AOW_Actions'][$template]->parameters);
    }

    private function fieldOf(array $task, string $field): array
    {
        $position = array_search($field, $task['field'], true);
        return [$task['value_type'][$position], $task['value'][$position]];
    }

    private function unpacked(string $value): array
    {
        return unserialize(base64_decode($value), ['allowed_classes' => false]);
    }
}
