<?php

namespace SuiteCRM\Custom\SuiteCRMBridge\Targets;

use SuiteCRM\Custom\SuiteCRMBridge\Admin\Form;
use SuiteCRM\Custom\SuiteCRMBridge\Admin\Html;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Drawing\Segment;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Links;
use SuiteCRM\Custom\SuiteCRMBridge\Dashlets\Numbers;
use SuiteCRM\Custom\SuiteCRMBridge\Texts;

if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}

/** The three steps of filling a target list, as HTML. */
final class FillPage
{
    /** Stands for the customers without a segment. */
    public const NONE = '-';

    private const STYLE = '<style>.suitecrmbridge-fill{background:#fff;border:1px solid #d8d8d8;border-radius:4px;'
        . 'padding:10px 20px 20px;max-width:760px;margin:10px 0}'
        . '.suitecrmbridge-fill fieldset{border:0;margin:12px 0;padding:0}'
        . '.suitecrmbridge-fill legend{border:0;margin:0 0 4px;padding:0;font-size:inherit;font-weight:600;text-align:left}'
        . '.suitecrmbridge-fill label{display:block;font-weight:normal;margin:4px 0}'
        . '.suitecrmbridge-fill input[type=text],.suitecrmbridge-fill select{min-width:320px;max-width:100%}'
        . '.suitecrmbridge-fill a{color:inherit;text-decoration:underline}'
        . '.suitecrmbridge-good{color:#1a7f4b}.suitecrmbridge-bad{color:#b3261e}</style>';

    /** @var string */
    private $module;
    /** @var string */
    private $packed;

    public function __construct(string $module, string $packed)
    {
        $this->module = $module;
        $this->packed = $packed;
    }

    /** @param array<string, string> $values by name */
    public static function hidden(array $values): string
    {
        $inputs = '';
        foreach ($values as $name => $value) {
            $inputs .= '<input type="hidden" name="' . Html::text($name) . '" value="' . Html::text($value) . '">';
        }
        return $inputs;
    }

    /**
     * @param array<string, int> $counts customers by segment
     * @param array<string, string> $lists names by id
     */
    public function choose(array $counts, array $lists, string $problem): string
    {
        $told = $problem === '' ? '' : '<p class="suitecrmbridge-bad" role="alert">' . Html::text($problem) . '</p>';
        $total = (int) array_sum($counts);
        if ($total === 0) {
            return $this->note(Texts::get('fill_nobody'), false);
        }
        $what = Texts::get($this->isSearched() ? 'fill_of_search' : 'fill_of_all', [
            'count' => $total,
            'shown' => Numbers::whole($total),
            'module' => $this->moduleName(),
        ]);
        return $this->framed($told . $this->modules() . '<p>' . Html::text($what) . '</p>'
            . $this->form(Fill::CONFIRM, self::segments($counts) . self::lists($lists), Texts::get('fill_next')));
    }

    /** @param array{segments: string[], list: string, name: string} $wish */
    public function confirm(array $wish, int $count): string
    {
        $text = Texts::get('fill_confirm', [
            'count' => $count,
            'shown' => Numbers::whole($count),
            'module' => $this->moduleName(),
            'list' => $wish['name'],
        ]);
        $kept = self::hidden(['list' => $wish['list'], 'name' => $wish['name']]);
        foreach ($wish['segments'] as $segment) {
            $kept .= self::hidden(['segments[]' => $segment === '' ? self::NONE : $segment]);
        }
        return $this->framed('<p>' . Html::text($text) . '</p>' . $this->form(Fill::ADD, $kept, Texts::get('fill_add')));
    }

    /** @param array{added: int, present: int} $result */
    public function done(string $list, string $name, array $result): string
    {
        $text = Texts::get('fill_done', [
            'count' => $result['added'],
            'added' => Numbers::whole($result['added']),
            'present' => Numbers::whole($result['present']),
        ]);
        $link = '<a href="' . Html::text((new Links(TargetLists::MODULE))->record($list)) . '">' . Html::text($name) . '</a>';
        return $this->framed('<p class="suitecrmbridge-good" role="status">' . Html::text($text) . '</p><p>' . $link . '</p>');
    }

    public function note(string $text, bool $isGood): string
    {
        $class = $isGood ? 'suitecrmbridge-good' : 'suitecrmbridge-bad';
        return $this->framed("<p class=\"$class\">" . Html::text($text) . '</p>');
    }

    /** @param array<string, int> $counts */
    private static function segments(array $counts): string
    {
        $boxes = '';
        foreach ($counts as $segment => $count) {
            $key = (string) $segment;
            $label = Texts::get('page_pair', ['name' => Segment::label($key), 'value' => Numbers::whole($count)]);
            $boxes .= '<label><input type="checkbox" name="segments[]" value="' . Html::text($key === '' ? self::NONE : $key)
                . '" checked> ' . Html::text($label) . '</label>';
        }
        return '<fieldset><legend>' . Html::text(Texts::get('fill_segments')) . "</legend>$boxes</fieldset>";
    }

    /** @param array<string, string> $lists */
    private static function lists(array $lists): string
    {
        $options = '<option value="">' . Html::text(Texts::get('fill_new_list')) . '</option>';
        foreach ($lists as $id => $name) {
            $shown = html_entity_decode($name, ENT_QUOTES, 'UTF-8');
            $options .= '<option value="' . Html::text((string) $id) . '">' . Html::text($shown) . '</option>';
        }
        return '<fieldset><legend>' . Html::text(Texts::get('fill_list')) . '</legend>'
            . '<select name="list" aria-label="' . Html::text(Texts::get('fill_list')) . "\">$options</select>"
            . '<label>' . Html::text(Texts::get('fill_new_name'))
            . '<br><input type="text" name="name" maxlength="50"></label></fieldset>';
    }

    /** The other kind of customers, where a whole module is meant. */
    private function modules(): string
    {
        if ($this->isSearched()) {
            return '';
        }
        $links = [];
        foreach (Found::modules() as $module) {
            $name = Html::text(self::name($module));
            $links[] = $module === $this->module
                ? "<b>$name</b>"
                : '<a href="index.php?module=ProspectLists&amp;action=suitecrmbridge&amp;of=' . $module . "\">$name</a>";
        }
        return '<p>' . implode(' | ', $links) . '</p>';
    }

    /** @param string $inputs already HTML */
    private function form(string $act, string $inputs, string $label): string
    {
        return '<form method="post" action="index.php">'
            . self::hidden(['module' => TargetLists::MODULE, 'action' => 'suitecrmbridge', 'of' => $this->module])
            . self::hidden(['found' => $this->packed, 'act' => $act, 'form' => Form::token()])
            . $inputs . Html::submit($label) . '</form>';
    }

    private function framed(string $content): string
    {
        return self::STYLE . '<div class="suitecrmbridge-fill">' . $content . '</div>';
    }

    private function isSearched(): bool
    {
        return Search::unpacked($this->packed) !== '';
    }

    private function moduleName(): string
    {
        return self::name($this->module);
    }

    private static function name(string $module): string
    {
        return (string) ($GLOBALS['app_list_strings']['moduleList'][$module] ?? $module);
    }
}
