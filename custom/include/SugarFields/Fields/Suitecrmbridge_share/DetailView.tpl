<span class="sugar_field" id="{{sugarvar key='name'}}">
{if is_numeric({{sugarvar key='value' stringFormat='false'}})}
{assign var='suitecrmbridge_share' value=100*{{sugarvar key='value' stringFormat='false'}}}
{sugar_number_format var=$suitecrmbridge_share precision=1 assign='suitecrmbridge_share'}
{$APP.LBL_SUITECRMBRIDGE_DASHLET_PERCENT|default:'{value} %'|replace:'{value}':$suitecrmbridge_share}
{/if}
</span>
