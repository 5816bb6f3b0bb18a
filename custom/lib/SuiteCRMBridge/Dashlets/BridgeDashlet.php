<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Dashlets;

use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\OptionsForm;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Query\Table;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** What the bridge's dashlets have in common: title, options, access and errors. */
abstract class BridgeDashlet extends \Dashlet
{
    /** The option of SuiteCRM's own dashlets. */
    private const MINE = 'myItemsOnly';

    /** @var object whose `module_name` says which icon SuiteCRM draws in the head */
    public $seedBean;
    /** @var array<string, string> */
    private $chosen;
    /** @var bool */
    private $onlyMine;

    public function __construct($id, $options = null)
    {
        parent::__construct($id);
        $this->loadLanguage(static::class);
        $this->isConfigurable = true;
        $options = is_array($options) ? $options : [];
        $this->chosen = $this->valid($options);
        $this->onlyMine = isset($options[self::MINE]) ? self::isTicked($options) : $this->isMineAtFirst();
        $this->seedBean = (object) ['module_name' => $this->module()];
        $title = trim((string) ($options['title'] ?? ''));
        $this->title = Html::text($title === '' ? $this->usualTitle($this->onlyMine) : $title);
    }

    public function display()
    {
        return Html::frame($this->content());
    }

    /** The home page asks charts for a script; these need none. */
    public function displayScript()
    {
        return '';
    }

    public function displayOptions()
    {
        $selects = [];
        foreach ($this->choices() as $name => $choice) {
            $selects[] = ['name' => $name, 'value' => $this->chosen[$name]] + $choice;
        }
        return OptionsForm::draw(
            $this->id,
            translate('LBL_DASHLET_OPT_TITLE', 'Home'),
            html_entity_decode($this->title, ENT_QUOTES, 'UTF-8'),
            $selects,
            [
                'name' => self::MINE,
                'label' => translate('LBL_DASHLET_CONFIGURE_MY_ITEMS_ONLY', 'Home'),
                'ticked' => $this->onlyMine,
            ],
            $GLOBALS['app_strings']['LBL_SAVE_BUTTON_LABEL']
        );
    }

    public function saveOptions($req)
    {
        $title = trim(html_entity_decode((string) ($req['title'] ?? ''), ENT_QUOTES, 'UTF-8'));
        // The dashlet's own title is not kept, so that it follows the user's language, and whose records these are.
        $isUsual = in_array($title, [$this->usualTitle(true), $this->usualTitle(false)], true);
        $options = ['title' => $isUsual ? '' : $title];
        return $options + [self::MINE => self::isTicked($req)] + $this->valid($req);
    }

    /** @return array<string, array{label: string, choices: array<string, string>}> first choice = default */
    abstract protected function choices(): array;

    /** Whether it keeps to the user's own records until somebody chooses otherwise. */
    protected function isMineAtFirst(): bool
    {
        return false;
    }

    /** Module whose rows are counted. */
    abstract protected function module(): string;

    /** @return string[] fields without which there is nothing to show */
    abstract protected function fields(): array;

    /** @return string HTML */
    abstract protected function draw(Table $table): string;

    protected function chosen(string $option): string
    {
        return $this->chosen[$option];
    }

    /** The list behind the figures. */
    protected function links(): Links
    {
        return new Links($this->module(), $this->owner());
    }

    /** Id of the user of whose records alone this is; empty: of everybody's. */
    protected function owner(): string
    {
        return $this->onlyMine ? (string) $GLOBALS['current_user']->id : '';
    }

    /** The option that says whether customers are contacts or accounts. */
    protected function moduleChoice(string $field): array
    {
        $choices = [];
        foreach (Names::modulesWith($field) as $module) {
            $choices[$module] = $GLOBALS['app_list_strings']['moduleList'][$module] ?? $module;
        }
        return ['label' => Texts::get('dashlet_option_module'), 'choices' => $choices];
    }

    /** Dashlets side by side say by their titles that they do not count the same customers. */
    private function usualTitle(bool $isMine): string
    {
        $title = $this->dashletStrings['LBL_TITLE'];
        return $isMine ? Texts::get('dashlet_title_mine', ['title' => $title]) : $title;
    }

    private function content(): string
    {
        try {
            return $this->figures(Table::ofModule($this->module(), $this->owner()));
        } catch (\Throwable $failure) {
            // Whatever fails here must not take the whole home page with it.
            $GLOBALS['log']->fatal(static::class . ': ' . $failure);
            return Html::note(Texts::get('dashlet_failed'));
        }
    }

    private function figures(Table $table): string
    {
        if (!$table->isAllowed()) {
            return Html::note(Texts::get('dashlet_no_access'));
        }
        if (!$table->hasFields($this->fields())) {
            return Html::note(Texts::get('dashlet_no_fields'));
        }
        return $this->draw($table);
    }

    private static function isTicked(array $options): bool
    {
        $ticked = $options[self::MINE] ?? false;
        return !empty($ticked) && $ticked !== 'false';
    }

    /** @return array<string, string> */
    private function valid(array $options): array
    {
        $valid = [];
        foreach ($this->choices() as $name => $choice) {
            $value = $options[$name] ?? '';
            $keys = array_keys($choice['choices']);
            $valid[$name] = in_array($value, $keys, true) ? $value : $keys[0];
        }
        return $valid;
    }
}
