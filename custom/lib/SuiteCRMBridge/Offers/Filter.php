<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Offers;

use SuiteCRM\Custom\SuiteCRMBridge\Catalogue;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ComplaintLinks;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\ListColumns;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Names;
use SuiteCRM\Custom\SuiteCRMBridge\Platform;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** A search that the package has to offer, as SuiteCRM saves searches. */
final class Filter
{
    /** @var string */
    private $name;
    /** @var string */
    private $module;
    /** @var array<string, bool|string[]> what is to be found by field */
    private $wanted;
    /** @var string[] field to sort by, and the direction */
    private $order;

    private function __construct(string $name, string $module, array $wanted, array $order)
    {
        $this->name = $name;
        $this->module = $module;
        $this->wanted = $wanted;
        $this->order = $order;
    }

    /** @return self[] */
    public static function all(): array
    {
        $all = [];
        foreach (['call_now', 'win_back'] as $action) {
            foreach (Names::modulesWith(Names::ACTION) as $module) {
                $all[] = new self($action, $module, [Names::ACTION => [$action]], [Names::VALUE_AT_STAKE, 'DESC']);
            }
        }
        $cases = Names::modulesWith(Names::BREACHED)[0];
        $all[] = new self('breached', $cases, ComplaintLinks::lateOnes(), ['date_entered', 'ASC']);
        return $all;
    }

    public function key(): string
    {
        return "{$this->name} {$this->module}";
    }

    public function module(): string
    {
        return $this->module;
    }

    public function title(string $language): string
    {
        return Texts::in($language, 'filter_' . $this->name);
    }

    /**
     * The search as it lies in the database: version 7 reads this form alone, version 8 too, where it wants the
     * type of each field and a word for a box that is ticked.
     */
    public function contents(): string
    {
        $contents = [
            'searchFormTab' => 'advanced_search',
            'query' => 'true',
            'search_module' => $this->module,
            'saved_search_action' => 'save',
            'displayColumns' => ListColumns::with($this->module, array_merge(array_keys($this->wanted), [$this->order[0]])),
            'hideTabs' => '',
            'orderBy' => strtoupper($this->order[0]),
            'sortOrder' => $this->order[1],
            'advanced' => true,
        ];
        foreach (array_filter($this->wanted) as $field => $wanted) {
            $isBox = is_bool($wanted);
            $contents[$field . '_advanced'] = $isBox ? (Platform::isEight() ? 'true' : '1') : array_values($wanted);
            $contents['field_type_' . $field] = Catalogue::FIELDS[$this->module][$field]['type'] ?? 'enum';
        }
        return base64_encode(serialize($contents));
    }
}
